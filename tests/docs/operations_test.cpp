// The code of docs/operations.md.
#include "desk.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

using broker::testing::MockFault;
using testing::ElementsAre;

namespace {

class Operations : public Desk {
 protected:
  void readAndBook() {
    const broker::Order now = client.getOrder(account, order).value();
    book(now.filledQty);                                                                 // 300: the position
    if (now.status == broker::OrderStatus::Canceled) resubmit(now.remaining().value());  // 700, not 1,000
  }

  void book(const broker::Decimal& quantity) { note("book " + quantity.str()); }
  void resubmit(const broker::Decimal& quantity) { note("resubmit " + quantity.str()); }
  void stopStrategies() { note("stop strategies"); }

  std::size_t callsInDoubt = 0;
  std::set<std::string> toRead;
};

TEST_F(Operations, SettingsForTwentyMilliseconds) {
  const auto credentials = mock.credentials();
  auto options = mock.clientOptions();

  options.connectTimeout = std::chrono::seconds(1);
  options.attemptTimeout = std::chrono::seconds(2);
  options.deadline = std::chrono::seconds(7);
  options.retry.backoffBase = std::chrono::milliseconds(50);
  options.maxConnections = 16;
  options.keepWarm = {8, std::chrono::seconds(30)};
  const broker::BrokerClient client{credentials, options};

  EXPECT_TRUE(client.cancelOrder(account, order));
}

TEST_F(Operations, SettingsOfTheTableAreAccepted) {
  using std::chrono::milliseconds;
  struct Row {
    int connect, attempt, deadline, backoff, connections, warm;
  };
  for (const Row& row : {Row{500, 1'000, 4'000, 20, 8, 4}, Row{2'000, 4'000, 14'000, 200, 64, 16}}) {
    auto options = mock.clientOptions();
    options.connectTimeout = milliseconds(row.connect);
    options.attemptTimeout = milliseconds(row.attempt);
    options.deadline = milliseconds(row.deadline);
    options.retry.backoffBase = milliseconds(row.backoff);
    options.maxConnections = row.connections;
    options.keepWarm = {row.warm, std::chrono::seconds(30)};
    EXPECT_GT(row.deadline, 3 * row.attempt + 3 * row.backoff) << "three attempts and their waits fit";
    EXPECT_TRUE(broker::BrokerClient::create(mock.credentials(), options));
  }
}

TEST_F(Operations, AnOperatorReplacesAKey) {
  broker::Credentials newer{"newer-api-key", "newer-api-secret"};
  auto options = mock.clientOptions();
  options.rotation.provider = [&] { return newer; };
  const broker::BrokerClient client{mock.credentials(), options};
  mock.acceptCredentials(newer);

  const auto rotated = client.rotateNow();  // after the new key is in the file, before the old one is revoked
  if (!rotated) report(rotated.error());    // the old key stays in use

  EXPECT_TRUE(rotated->replaced);
  mock.revokeCredentials(mock.credentials());
  EXPECT_EQ(client.cancelOrder(account, order).call().attempts, 1);
}

TEST_F(Operations, CountDoubtWhereTheCallEnds) {
  auto options = mock.clientOptions();
  std::mutex mutex;

  options.onCallEnd = [&](const broker::CallEvent& end) {
    const std::lock_guard lock(mutex);  // several threads may call it at once
    const std::string target = std::string(end.accountId) + '/' + std::string(end.orderId);
    if (end.maybeApplied) {
      ++callsInDoubt;         // a counter: desk_calls_in_doubt_total
      toRead.insert(target);  // its size is a gauge: desk_targets_to_read
    } else if (end.error == nullptr && (end.operation == "getOrder" || end.operation == "listOrders")) {
      toRead.erase(target);  // read: now your app knows
    }
  };

  const broker::BrokerClient client{mock.credentials(), options};
  for (int i = 0; i < 3; ++i) mock.failNext(MockFault::LostRequest);
  EXPECT_FALSE(client.cancelOrder(account, order));
  EXPECT_EQ(callsInDoubt, 1U);
  EXPECT_THAT(toRead, ElementsAre(account.str() + "/" + order.str()));
  EXPECT_TRUE(client.warmUp(1));
  EXPECT_THAT(toRead, testing::SizeIs(1)) << "only a read resolves a doubt";
  EXPECT_TRUE(client.getOrder(account, order));
  EXPECT_EQ(callsInDoubt, 1U);
  EXPECT_THAT(toRead, testing::IsEmpty());
}

TEST_F(Operations, EndInOrder) {
  auto client = std::make_unique<broker::BrokerClient>(mock.credentials(), mock.clientOptions());
  broker::StopSource stop;
  std::vector<std::thread> threads;
  mock.failNext(MockFault::Stall);
  threads.emplace_back([&] {
    broker::CallOptions options;
    options.stop = stop.token();
    const auto result = client->cancelOrder(account, order, options);
    if (!result && result.error().maybeApplied) lookAt(order);
  });
  while (mock.requestCount() == 0) std::this_thread::yield();

  stopStrategies();                                   // 1. no new orders and no new calls
  stop.requestStop();                                 // 2. running calls end at once, as Aborted or InDoubt
  for (std::thread& thread : threads) thread.join();  // 3. every result is handled; doubt is written down
  client.reset();                                     // 4. waits until every callback has returned
  // 5. now end what callbacks, observer and provider use: the event loop, the log

  EXPECT_THAT(notes(), ElementsAre("stop strategies", "look at 61e69015"));
}

TEST_F(Operations, AnIncidentInTimesAndQuantities) {
  broker::Order buy{order, "AAPL"};
  buy.side = broker::OrderSide::Buy;
  buy.qty = broker::Decimal("1000");
  mock.addOrder(account, buy);
  mock.fillOrder(account, order, broker::Decimal("300"));

  mock.failNext(MockFault::StallAfterActing);
  auto options = mock.clientOptions();
  options.attemptTimeout = std::chrono::milliseconds(200);
  const broker::BrokerClient client{mock.credentials(), options};
  const auto result = client.cancelOrder(account, order);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, broker::ErrorKind::NotCancelable);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(result.call().sends, 2);

  mock.settleCancels();
  readAndBook();
  EXPECT_THAT(notes(), ElementsAre("book 300", "resubmit 700"));
}

}  // namespace

#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/gate.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::Counter;
using test::Gate;
using test::order;
using ::testing::HasSubstr;
using testing::MockBroker;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kLong = 20s;

class Async : public ::testing::Test {
 protected:
  Async() {
    mock.addOrder(account(), order(), "new");
    mock.addOrder(account(), filled, "filled");
  }

  // A client with a single thread and connection, so that one call delays the next.
  [[nodiscard]] std::unique_ptr<BrokerClient> narrowClient(int capacity = 10'000) const {
    ClientOptions options = mock.clientOptions();
    options.maxConnections = 1;
    options.asyncQueueCapacity = capacity;
    return std::make_unique<BrokerClient>(mock.credentials(), options);
  }

  const OrderId filled = order("filled");
  MockBroker mock;
};

// Blocks the client's only thread inside a callback.
void holdUp(BrokerClient& client, const OrderId& any, Gate& gate) {
  ASSERT_TRUE(client.cancelOrderAsync(account(), any, [&gate](const Result<CancelAccepted>&) { gate.pass(); }));
  ASSERT_TRUE(gate.waitForArrivals(1));
}

template <class T>
T taken(std::future<T>& future) {
  if (future.wait_for(kLong) != std::future_status::ready) throw std::runtime_error("no result came");
  return future.get();
}

TEST_F(Async, TellsACallbackTheResultOnAThreadOfTheClients) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::promise<std::pair<Result<CancelAccepted>, std::thread::id>> results;
  auto result = results.get_future();
  ASSERT_TRUE(client.cancelOrderAsync(account(), order(), [&](Result<CancelAccepted> accepted) {
    results.set_value({std::move(accepted), std::this_thread::get_id()});
  }));
  const auto [accepted, thread] = taken(result);
  EXPECT_TRUE(accepted);
  EXPECT_EQ(accepted.call().sends, 1);
  EXPECT_FALSE(accepted.call().requestId.empty());
  EXPECT_NE(thread, std::this_thread::get_id());
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
}

TEST_F(Async, PutsTheResultIntoAFuture) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  auto accepted = future::cancelOrder(client, account(), order());
  auto refused = future::cancelOrder(client, account(), filled, CallOptions{5s});
  EXPECT_TRUE(taken(accepted));
  EXPECT_EQ(taken(refused).error().kind, ErrorKind::NotCancelable);
}

TEST_F(Async, CompletesThousandsOfCallsOnce) {
  constexpr std::size_t kSubmitters = 4;
  constexpr std::size_t kCalls = 1000;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::vector<std::atomic<int>> results(kSubmitters * kCalls);
  Counter all;
  std::vector<std::thread> submitters;
  submitters.reserve(kSubmitters);
  for (std::size_t submitter = 0; submitter < kSubmitters; ++submitter) {
    submitters.emplace_back([&, submitter] {
      for (std::size_t i = 0; i < kCalls; ++i) {
        auto& times = results[submitter * kCalls + i];
        EXPECT_TRUE(client.cancelOrderAsync(
            account(), filled,
            [&](const Result<CancelAccepted>& result) {
              if (!result && result.error().kind == ErrorKind::NotCancelable) ++times;
              all.add();
            },
            CallOptions{kLong}));
      }
    });
  }
  for (std::thread& submitter : submitters) submitter.join();
  ASSERT_TRUE(all.waitFor(static_cast<int>(results.size())));
  for (const auto& times : results) EXPECT_EQ(times, 1);
  EXPECT_EQ(mock.requestCount(), kSubmitters * kCalls);
}

TEST_F(Async, RefusesACallWhenTheQueueIsFull) {
  Gate gate;
  const auto client = narrowClient(2);
  holdUp(*client, filled, gate);
  auto first = future::cancelOrder(*client, account(), filled);
  auto second = future::cancelOrder(*client, account(), filled);

  const auto refused = client->cancelOrderAsync(account(), order(), [](const Result<CancelAccepted>&) { FAIL(); });
  EXPECT_EQ(refused.error().kind, ErrorKind::NotSent);
  EXPECT_FALSE(refused.error().maybeApplied);
  EXPECT_THAT(refused.error().message, HasSubstr("full (2)"));
  auto inFuture = future::cancelOrder(*client, account(), order());
  ASSERT_EQ(inFuture.wait_for(0s), std::future_status::ready);
  EXPECT_EQ(inFuture.get().error().kind, ErrorKind::NotSent);

  gate.open();
  EXPECT_EQ(taken(first).error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(taken(second).error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(mock.orderStatus(account(), order()), "new");
}

TEST_F(Async, RefusesWhatCannotBeCalled) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto never = [](const Result<CancelAccepted>&) { FAIL(); };
  const auto noCallback = client.cancelOrderAsync(account(), order(), nullptr);
  EXPECT_EQ(noCallback.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(noCallback.error().message, HasSubstr("callback is empty"));
  const auto noTime = client.cancelOrderAsync(account(), order(), never, CallOptions{0ms});
  EXPECT_EQ(noTime.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(noTime.error().message, HasSubstr("CallOptions::deadline is 0 ms"));
  auto noAttempts = future::cancelOrder(client, account(), order(), CallOptions{std::nullopt, 0});
  EXPECT_EQ(taken(noAttempts).error().kind, ErrorKind::InvalidArgument);

  const BrokerClient moved{std::move(client)};
  // NOLINTNEXTLINE(bugprone-use-after-move): tests exactly that
  EXPECT_EQ(client.cancelOrderAsync(account(), order(), never).error().kind, ErrorKind::InvalidArgument);
  auto movedFrom = future::cancelOrder(client, account(), order());  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(taken(movedFrom).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(mock.requestCount(), 0U);
}

TEST_F(Async, CountsTheDeadlineFromTheSubmission) {
  Gate gate;
  const auto client = narrowClient();
  holdUp(*client, filled, gate);
  auto late = future::cancelOrder(*client, account(), order(), CallOptions{20ms});
  std::this_thread::sleep_for(30ms);
  gate.open();
  const auto result = taken(late);
  EXPECT_EQ(result.error().kind, ErrorKind::NotSent);
  EXPECT_GE(result.error().call.elapsed, 30ms);
  EXPECT_EQ(mock.requestCount(), 1U);
}

TEST_F(Async, SendsNothingThatWasStoppedWhileItWaited) {
  Gate gate;
  const auto client = narrowClient();
  holdUp(*client, filled, gate);
  StopSource stop;
  CallOptions options;
  options.stop = stop.token();
  auto stopped = future::cancelOrder(*client, account(), order(), options);
  stop.requestStop();
  gate.open();
  EXPECT_EQ(taken(stopped).error().kind, ErrorKind::Aborted);
  EXPECT_EQ(mock.requestCount(), 1U);
}

TEST_F(Async, CompletesWhatIsOutstandingBeforeTheClientIsGone) {
  mock.delayAnswers(1min);
  auto client = narrowClient();
  std::vector<std::pair<int, ErrorKind>> results;  // from the client's only thread, and later from this one
  const auto tell = [&](int call) {
    return [&results, call](const Result<CancelAccepted>& result) { results.emplace_back(call, result.error().kind); };
  };
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(client->cancelOrderAsync(account(), filled, tell(i)));
  auto last = future::cancelOrder(*client, account(), filled);
  while (mock.requestCount() == 0) std::this_thread::yield();
  const auto start = Clock::now();
  client.reset();
  EXPECT_LT(Clock::now() - start, kLong);
  ASSERT_EQ(results.size(), 50U);
  EXPECT_EQ(results[0], std::pair(0, ErrorKind::InDoubt));
  for (int i = 1; i < 50; ++i) EXPECT_EQ(results[static_cast<std::size_t>(i)], std::pair(i, ErrorKind::Aborted));
  ASSERT_EQ(last.wait_for(0s), std::future_status::ready);
  EXPECT_EQ(last.get().error().kind, ErrorKind::Aborted);
  EXPECT_EQ(mock.requestCount(), 1U);
}

TEST_F(Async, RefusesWhatACallbackSubmitsWhileTheClientEnds) {
  Gate gate;
  auto client = narrowClient();
  holdUp(*client, filled, gate);
  std::vector<ErrorKind> refusals;
  ASSERT_TRUE(client->cancelOrderAsync(account(), filled, [&, &shared = *client](const Result<CancelAccepted>& result) {
    refusals.push_back(result.error().kind);
    refusals.push_back(shared.cancelOrderAsync(account(), filled, [](const auto&) { FAIL(); }).error().kind);
  }));
  std::thread opener([&] {
    std::this_thread::sleep_for(300ms);  // until the destructor has begun
    gate.open();
  });
  client.reset();
  opener.join();
  EXPECT_THAT(refusals, ::testing::ElementsAre(ErrorKind::Aborted, ErrorKind::Aborted));
}

TEST_F(Async, CompletesTheOthersWhenACallbackDestroysTheClient) {
  for (const int connections : {1, 4}) {
    ClientOptions options = mock.clientOptions();
    options.maxConnections = connections;
    auto client = std::make_unique<BrokerClient>(mock.credentials(), options);
    Gate gate;
    Counter results;
    std::promise<int> toldBefore;
    ASSERT_TRUE(client->cancelOrderAsync(account(), filled, [&](const Result<CancelAccepted>&) {
      gate.pass();
      client.reset();
      toldBefore.set_value(results.count());
    }));
    ASSERT_TRUE(gate.waitForArrivals(1));
    for (int i = 0; i < 20; ++i) {
      ASSERT_TRUE(client->cancelOrderAsync(account(), filled, [&](const Result<CancelAccepted>&) { results.add(); }));
    }
    gate.open();
    auto before = toldBefore.get_future();
    EXPECT_EQ(taken(before), 20);
  }
}

TEST_F(Async, MayBeDestroyedByACallbackBeforeTheSubmissionReturns) {
  for (int i = 0; i < 200; ++i) {
    auto client = narrowClient();
    BrokerClient& submitting = *client;
    Counter gone;
    EXPECT_TRUE(submitting.cancelOrderAsync(account(), filled,
                                            [&gone, owned = std::make_shared<std::unique_ptr<BrokerClient>>(
                                                        std::move(client))](const Result<CancelAccepted>&) {
                                              owned->reset();
                                              gone.add();
                                            }));
    ASSERT_TRUE(gone.waitFor(1));
  }
}

TEST_F(Async, DropsWhatACallbackThrows) {
  const auto client = narrowClient();
  ASSERT_TRUE(client->cancelOrderAsync(account(), filled,
                                       [](const Result<CancelAccepted>&) { throw std::runtime_error("my own"); }));
  auto next = future::cancelOrder(*client, account(), order());
  EXPECT_TRUE(taken(next));
}

TEST_F(Async, LetsACallbackSubmitAgain) {
  const auto client = narrowClient(1);
  std::promise<Result<CancelAccepted>> second;
  ASSERT_TRUE(client->cancelOrderAsync(account(), filled, [&](const Result<CancelAccepted>&) {
    ASSERT_TRUE(client->cancelOrderAsync(account(), order(),
                                         [&](Result<CancelAccepted> result) { second.set_value(std::move(result)); }));
  }));
  auto future = second.get_future();
  EXPECT_TRUE(taken(future));
}

TEST_F(Async, GoesAlongWithAClientThatIsMoved) {
  Gate gate;
  BrokerClient first = std::move(*narrowClient());
  holdUp(first, filled, gate);
  auto outstanding = future::cancelOrder(first, account(), order());
  BrokerClient second{std::move(first)};
  gate.open();
  EXPECT_TRUE(taken(outstanding));
}

TEST_F(Async, EndsWithAClientThatIsAssignedTo) {
  mock.delayAnswers(1min);
  BrokerClient client = std::move(*narrowClient());
  auto sent = future::cancelOrder(client, account(), filled);
  auto waiting = future::cancelOrder(client, account(), filled);
  while (mock.requestCount() == 0) std::this_thread::yield();
  client = BrokerClient{mock.credentials(), mock.clientOptions()};
  ASSERT_EQ(sent.wait_for(0s), std::future_status::ready);
  EXPECT_EQ(sent.get().error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(taken(waiting).error().kind, ErrorKind::Aborted);
  mock.delayAnswers(0ms);
  auto next = future::cancelOrder(client, account(), order());
  EXPECT_TRUE(taken(next));
}

TEST_F(Async, DoesNotNeedItsFuture) {
  const auto client = narrowClient();
  static_cast<void>(future::cancelOrder(*client, account(), order()));
  auto next = future::cancelOrder(*client, account(), filled);
  EXPECT_EQ(taken(next).error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
}

TEST_F(Async, ReadsWithoutWaiting) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  auto read = future::getOrder(client, account(), filled);
  auto listed = future::listOrders(client, account());
  EXPECT_EQ(taken(read)->status.kind(), OrderStatus::Filled);
  EXPECT_EQ(taken(listed)->size(), 1U);
  std::promise<Result<std::vector<Order>>> results;
  auto all = results.get_future();
  OrderFilter filter;
  filter.status = OrderFilter::Status::All;
  ASSERT_TRUE(client.listOrdersAsync(account(), filter, [&](auto orders) { results.set_value(std::move(orders)); }));
  EXPECT_EQ(taken(all)->size(), 2U);
}

TEST_F(Async, LetsCancelsOvertakeReads) {
  auto client = narrowClient();
  Gate gate;
  holdUp(*client, filled, gate);
  auto firstRead = future::getOrder(*client, account(), filled);
  auto secondRead = future::getOrder(*client, account(), filled);
  auto cancel = future::cancelOrder(*client, account(), order());
  gate.open();
  EXPECT_TRUE(taken(cancel));
  EXPECT_TRUE(taken(firstRead));
  EXPECT_TRUE(taken(secondRead));
  const auto requests = mock.requests();
  ASSERT_EQ(requests.size(), 4U);
  EXPECT_EQ(requests[1].method, "DELETE");
  EXPECT_EQ(requests[3].method, "GET");
}

}  // namespace
}  // namespace alpaca::broker

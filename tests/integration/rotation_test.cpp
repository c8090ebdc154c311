#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/gate.hpp"
#include "support/ids.hpp"
#include "support/numbered_ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::Counter;
using test::Gate;
using test::order;
using test::orderNumber;
using ::testing::HasSubstr;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::ReceivedRequest;
using namespace std::chrono_literals;

const Credentials kNewer{"newer-api-key", "newer-api-secret"};

// A broker, and a vault with the credentials that it accepts. The vault can be made to hang.
class RotationOf : public ::testing::Test {
 protected:
  [[nodiscard]] ClientOptions options() {
    ClientOptions options = mock.clientOptions();
    options.rotation.provider = [this] {
      asked.add();
      if (hangs) gate.pass();
      const std::lock_guard lock(mutex);
      return vault;
    };
    return options;
  }

  void replaceKey() {
    mock.acceptCredentials(kNewer);
    const std::lock_guard lock(mutex);
    vault = kNewer;
    mock.revokeCredentials(mock.credentials());
  }

  std::vector<OrderRef> book(int orders) {
    std::vector<OrderRef> refs;
    for (int n = 0; n < orders; ++n) {
      refs.push_back({account(), orderNumber(0, n)});
      mock.addOrder(refs.back().accountId, refs.back().orderId);
    }
    return refs;
  }

  [[nodiscard]] std::ptrdiff_t answeredWith(int status) const {
    const auto requests = mock.requests();
    return std::count_if(requests.begin(), requests.end(), [&](const auto& one) { return one.status == status; });
  }

  static MockBrokerOptions withoutLimit() {
    MockBrokerOptions options;
    options.rateLimit = 1'000'000;
    return options;
  }

  MockBroker mock{withoutLimit()};
  std::mutex mutex;
  Credentials vault = mock.credentials();
  std::atomic<bool> hangs{false};
  Gate gate;
  Counter asked;
};

TEST_F(RotationOf, ReachesACancelOnTheConnectionThatStands) {
  const auto orders = book(2);
  BrokerClient client{mock.credentials(), options()};
  ASSERT_TRUE(client.cancelOrder(account(), orders[0].orderId));
  replaceKey();
  const auto result = client.cancelOrder(account(), orders[1].orderId);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result.call().attempts, 2);
  EXPECT_EQ(mock.orderStatus(account(), orders[1].orderId), "pending_cancel");
  for (const ReceivedRequest& request : mock.requests()) {
    EXPECT_EQ(request.clientPort, mock.requests().front().clientPort);
  }
  EXPECT_EQ(client.cancelOrder(account(), orders[1].orderId).error().call.attempts,
            1);  // the first attempt now succeeds
  EXPECT_EQ(asked.count(), 1);
}

TEST_F(RotationOf, InTheMiddleOfABatchLosesAndRefusesNothing) {
  const auto orders = book(1'000);
  BrokerClient client{mock.credentials(), options()};
  std::atomic<int> arrived{0};
  mock.onRequest([&](const ReceivedRequest&) {
    if (++arrived == 500) replaceKey();
  });
  const BatchReport report = client.cancelOrders(orders).value();
  EXPECT_TRUE(report.allAccepted());
  for (const OrderRef& one : orders) EXPECT_EQ(mock.orderStatus(one.accountId, one.orderId), "pending_cancel");
  EXPECT_EQ(answeredWith(204), 1'000);
  EXPECT_GT(answeredWith(401), 0);
  EXPECT_EQ(asked.count(), 1);
}

TEST_F(RotationOf, HoldsUpNobodyWhoIsNotRefused) {
  constexpr int kThreads = 32;
  const auto orders = book(kThreads);
  hangs = true;
  BrokerClient client{mock.credentials(), options()};
  mock.failNext(401);
  auto refused =
      std::async(std::launch::async, [&] { return client.cancelOrder(account(), order("refused"), CallOptions{20s}); });
  EXPECT_TRUE(gate.waitForArrivals(1));  // the provider hangs from here on
  std::vector<std::future<Result<CancelAccepted>>> calls;
  calls.reserve(orders.size());
  for (const OrderRef& one : orders) {
    calls.push_back(std::async(std::launch::async, [&] { return client.cancelOrder(one.accountId, one.orderId); }));
  }
  for (auto& call : calls) {
    const auto result = call.get();
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.call().attempts, 1);
  }
  EXPECT_EQ(refused.wait_for(0s), std::future_status::timeout);
  gate.open();
  EXPECT_THAT(refused.get().error().message, HasSubstr("returned the same credentials again"));
}

TEST_F(RotationOf, EndsThoseThatAreRefusedByTheirDeadlineWhenTheProviderHangs) {
  constexpr int kThreads = 32;
  const auto orders = book(kThreads);
  hangs = true;
  replaceKey();
  BrokerClient client{mock.credentials(), options()};
  std::vector<std::future<Result<CancelAccepted>>> calls;
  calls.reserve(orders.size());
  for (const OrderRef& one : orders) {
    calls.push_back(std::async(std::launch::async,
                               [&] { return client.cancelOrder(one.accountId, one.orderId, CallOptions{3s}); }));
  }
  for (auto& call : calls) {
    const auto result = call.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized) << result.error().message;
    EXPECT_FALSE(result.error().maybeApplied);
    EXPECT_EQ(result.error().call.sends, 1);
    EXPECT_LT(result.error().call.elapsed, 15s);
  }
  EXPECT_EQ(asked.count(), 1);
  gate.open();
  EXPECT_EQ(answeredWith(204), 0);
}

TEST_F(RotationOf, EndsWhoWaitsForItWhenTheClientIsDestroyedAndWaitsForTheProvider) {
  hangs = true;
  replaceKey();
  auto client = std::make_unique<BrokerClient>(mock.credentials(), options());
  auto waiting = std::async(std::launch::async,
                            [&, own = client.get()] { return own->cancelOrder(account(), order(), CallOptions{1h}); });
  EXPECT_TRUE(gate.waitForArrivals(1));
  auto destroyed = std::async(std::launch::async, [&] { client.reset(); });
  const auto result = waiting.get();
  EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized);
  EXPECT_THAT(result.error().message, HasSubstr("The client was destroyed while"));
  EXPECT_EQ(destroyed.wait_for(0s), std::future_status::timeout);
  gate.open();
  destroyed.get();
}

TEST_F(RotationOf, LetsItsProviderDestroyTheClient) {
  replaceKey();
  Counter destroyed;
  std::unique_ptr<BrokerClient> client;
  ClientOptions options = mock.clientOptions();
  options.rotation.provider = [&] {
    Credentials given = kNewer;  // copied while the test still waits
    gate.pass();
    client.reset();
    destroyed.add();
    return given;
  };
  options.retry.maxAttempts = 1;  // asks but does not wait, so that no call runs when the client is destroyed
  client = std::make_unique<BrokerClient>(mock.credentials(), options);
  EXPECT_EQ(client->cancelOrder(account(), order()).error().kind, ErrorKind::Unauthorized);
  gate.open();
  EXPECT_TRUE(destroyed.waitFor(1));
}

TEST_F(RotationOf, GoesAlongWithAClientThatIsMoved) {
  const auto orders = book(1);
  BrokerClient first{mock.credentials(), options()};
  BrokerClient client = std::move(first);
  replaceKey();
  EXPECT_TRUE(client.cancelOrder(account(), orders[0].orderId));
}

TEST_F(RotationOf, ReachesAsynchronousCalls) {
  const auto orders = book(8);
  replaceKey();
  BrokerClient client{mock.credentials(), options()};
  std::vector<std::future<Result<CancelAccepted>>> calls;
  calls.reserve(orders.size());
  for (const OrderRef& one : orders) calls.push_back(future::cancelOrder(client, one.accountId, one.orderId));
  for (auto& call : calls) EXPECT_TRUE(call.get());
}

TEST_F(RotationOf, ReachesAWarmUp) {
  replaceKey();
  BrokerClient client{mock.credentials(), options()};
  const auto warm = client.warmUp(4);
  ASSERT_TRUE(warm) << warm.error().message;
  EXPECT_TRUE(warm->allWarm());
}

TEST_F(RotationOf, ReachesACancelAll) {
  const auto orders = book(3);
  BrokerClient client{mock.credentials(), options()};
  replaceKey();
  const auto report = client.cancelAllOrders(account());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->allAccepted());
  EXPECT_EQ(report->entries.size(), orders.size());
}

// Keep-warm requests discover a replaced key before a cancel does. They do not wait for the provider.
TEST_F(RotationOf, IsBegunByWhatKeepsConnectionsWarm) {
  const auto orders = book(1);
  replaceKey();
  ClientOptions warm = options();
  warm.keepWarm.connections = 1;
  BrokerClient client{mock.credentials(), warm};
  EXPECT_TRUE(asked.waitFor(1));
  EXPECT_TRUE(client.cancelOrder(account(), orders[0].orderId));
  EXPECT_EQ(asked.count(), 1);
}

// So no call is refused.
TEST_F(RotationOf, IsAskedForByAnOperatorBeforeTheOldKeyIsRevoked) {
  const auto orders = book(1);
  BrokerClient client{mock.credentials(), options()};
  mock.acceptCredentials(kNewer);
  {
    const std::lock_guard lock(mutex);
    vault = kNewer;
  }
  const auto rotated = client.rotateNow();
  ASSERT_TRUE(rotated) << rotated.error().message;
  EXPECT_TRUE(rotated->replaced);
  mock.revokeCredentials(mock.credentials());
  const auto result = client.cancelOrder(account(), orders[0].orderId);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result.call().attempts, 1);
  EXPECT_FALSE(client.rotateNow().value().replaced);
  EXPECT_EQ(asked.count(), 2);
}

TEST_F(RotationOf, IsWaitedForNoLongerThanTheDeadlineByAnOperator) {
  hangs = true;
  BrokerClient client{mock.credentials(), options()};
  const auto rotated = client.rotateNow(CallOptions{50ms});
  ASSERT_FALSE(rotated);
  EXPECT_EQ(rotated.error().kind, ErrorKind::NotSent);
  EXPECT_THAT(rotated.error().message, HasSubstr("did not answer in time"));
  EXPECT_GE(rotated.error().call.elapsed, 50ms);
  gate.open();
}

TEST_F(RotationOf, IsLeftByAnOperatorWhenTheClientIsDestroyed) {
  hangs = true;
  auto client = std::make_unique<BrokerClient>(mock.credentials(), options());
  auto waiting = std::async(std::launch::async, [own = client.get()] { return own->rotateNow(CallOptions{1h}); });
  EXPECT_TRUE(gate.waitForArrivals(1));
  auto destroyed = std::async(std::launch::async, [&] { client.reset(); });
  EXPECT_EQ(waiting.get().error().kind, ErrorKind::Aborted);
  gate.open();
  destroyed.get();
}

TEST_F(RotationOf, IsAskedForUnaskedWithAnInterval) {
  const auto orders = book(1);
  replaceKey();
  ClientOptions due = options();
  due.rotation.interval = 1s;
  BrokerClient client{mock.credentials(), due};
  EXPECT_TRUE(asked.waitFor(2));  // the first answer is in force by then
  const auto result = client.cancelOrder(account(), orders[0].orderId);
  ASSERT_TRUE(result);
  EXPECT_EQ(result.call().attempts, 1);
}

}  // namespace
}  // namespace alpaca::broker

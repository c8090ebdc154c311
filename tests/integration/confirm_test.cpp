#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::MockFault;
using testing::ReceivedRequest;
using namespace std::chrono_literals;

MockBrokerOptions cancelsTake(std::chrono::milliseconds time) {
  MockBrokerOptions options;
  options.cancelTakes = time;
  return options;
}

class Confirm : public ::testing::Test {
 protected:
  Confirm() { options.pollBase = 5ms; }

  Result<CancelConfirmation> run() { return client.cancelOrderAndConfirm(account(), order(), options); }

  MockBroker mock{cancelsTake(30ms)};
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ConfirmOptions options;
};

TEST_F(Confirm, WaitsUntilTheOrderIsCanceled) {
  mock.addOrder(account(), order(), "partially_filled");
  const auto result = run();
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_EQ(result->order->filledQty.str(), "4");
  EXPECT_GE(result->reads, 1);
  EXPECT_FALSE(result.call().requestId.empty());
}

TEST_F(Confirm, TellsThatTheOrderFilledBetweenCancelAndConfirmation) {
  mock.addOrder(account(), order());
  mock.fillDuringCancel(account(), order());
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Filled);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_EQ(result->order->filledQty.str(), "10");
}

TEST(SlowConfirm, TellsWhatReplacedTheOrderMeanwhile) {
  MockBroker mock{cancelsTake(10s)};  // slow enough for the replacement to come first
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  mock.addOrder(account(), order());
  mock.onRequest([&, replaced = false](const ReceivedRequest& request) mutable {
    if (request.method == "GET" && !replaced) replaced = mock.replaceOrder(account(), order(), order("successor"));
  });
  const auto result = client.cancelOrderAndConfirm(account(), order());
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Replaced);
  EXPECT_EQ(result->order->replacedBy, order("successor"));
  EXPECT_EQ(mock.orderStatus(account(), order("successor")), "new") << "which is not canceled";
}

TEST_F(Confirm, ExplainsARefusal) {
  mock.addOrder(account(), order(), "filled");
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Filled);
  EXPECT_FALSE(result->cancelAccepted);
  EXPECT_EQ(result->cancelError->kind, ErrorKind::NotCancelable);
}

TEST_F(Confirm, ResolvesEveryDoubt) {
  ClientOptions oneAttempt = mock.clientOptions();
  oneAttempt.retry.maxAttempts = 1;
  oneAttempt.attemptTimeout = 200ms;
  client = BrokerClient{mock.credentials(), oneAttempt};
  for (const MockFault fault : {MockFault::LostRequest, MockFault::LostAnswer, MockFault::BadGateway,
                                MockFault::BadGatewayAfterActing, MockFault::Stall, MockFault::StallAfterActing}) {
    mock.addOrder(account(), order(), "new");
    mock.failNext(fault);
    const auto result = run();
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
    EXPECT_EQ(mock.orderStatus(account(), order()), "canceled");
  }
}

TEST_F(Confirm, ReportsAnAcceptedCancelAlsoWhenTheBrokerDiesBeforeAnyRead) {
  mock.addOrder(account(), order());
  mock.onRequest([&](const ReceivedRequest& request) {
    if (request.method == "GET") mock.shutDown();
  });
  options.call.deadline = 1s;
  const auto result = run();
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->outcome, CancelOutcome::Pending);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_TRUE(result->readError);
}

TEST(ConfirmAtTheDeadline, IsPending) {
  MockBroker mock;  // its cancels never take effect by themselves
  mock.addOrder(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ConfirmOptions options;
  options.call.deadline = 300ms;
  const auto result = client.cancelOrderAndConfirm(account(), order(), options);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Pending);
  EXPECT_EQ(result->order->status.kind(), OrderStatus::PendingCancel);
  EXPECT_LT(result.call().elapsed, 1s);
}

TEST(ConfirmWithinTheRateLimit, MeetsNo429) {
  MockBrokerOptions options = cancelsTake(0ms);
  options.rateLimit = 3;
  options.rateWindow = 1s;
  options.refuseBeyondRateLimit = true;
  MockBroker mock{options};
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  for (const char* id : {"a", "b", "c"}) {
    mock.addOrder(account(), order(id));
    const auto result = client.cancelOrderAndConfirm(account(), order(id));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  }
  // A cancel never waits for the rate limit, so the reads before it may have used up the window.
  int refusedReads = 0;
  for (const ReceivedRequest& request : mock.requests()) {
    if (request.method == "GET" && request.status == 429) ++refusedReads;
  }
  EXPECT_EQ(refusedReads, 0);
}

// Faults at every third request: whatever the broker did, the batch says the same of each order.
TEST(ConfirmMany, AgreesWithTheBrokerAboutEachOrder) {
  constexpr int kOrders = 300;
  MockBroker mock{cancelsTake(5ms)};
  ClientOptions clientOptions = mock.clientOptions();
  clientOptions.attemptTimeout = 500ms;
  const BrokerClient client{mock.credentials(), clientOptions};
  std::vector<OrderRef> orders;
  for (int i = 0; i < kOrders; ++i) {
    orders.push_back({account(), order("order-" + std::to_string(i))});
    mock.addOrder(account(), orders.back().orderId, i % 7 == 0 ? "filled" : "new");
  }
  mock.injectFaults(0.3, 7,
                    {MockFault::LostRequest, MockFault::LostAnswer, MockFault::BadGatewayAfterActing,
                     MockFault::BadGateway, MockFault::TooManyRequests});
  BatchConfirmOptions options;
  options.confirm.pollBase = 5ms;
  const auto result = client.cancelOrdersAndConfirm(orders, options);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->entries.size(), orders.size());
  for (const BatchConfirmEntry& entry : result->entries) {
    const std::string truth = mock.orderStatus(account(), entry.target.orderId);
    if (!entry.result) {
      EXPECT_TRUE(truth == "new" || entry.result.error().maybeApplied) << entry.result.error().message;
    } else if (entry.result->outcome == CancelOutcome::Canceled) {
      EXPECT_EQ(truth, "canceled");
    } else if (entry.result->outcome == CancelOutcome::Filled) {
      EXPECT_EQ(truth, "filled");
    } else {
      EXPECT_EQ(entry.result->outcome, CancelOutcome::Pending);
    }
  }
  const BatchConfirmCounts counts = result->counts();
  EXPECT_EQ(counts.total(), static_cast<std::size_t>(kOrders));
  EXPECT_GE(counts.canceled, 200U);
  EXPECT_GE(counts.filled, 30U);
}

}  // namespace
}  // namespace alpaca::broker

// The code of docs/testing-your-app.md.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace broker = alpaca::broker;
using broker::testing::MockBroker;
using broker::testing::MockFault;

namespace {

broker::AccountId account() { return broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value(); }
broker::OrderId order() { return broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value(); }

}  // namespace

TEST(Desk, LooksWhenTheAnswerIsLost) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.failNext(MockFault::LostAnswer);  // the broker acts, but its answer is lost

  auto options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  broker::BrokerClient client{mock.credentials(), options};

  EXPECT_TRUE(client.cancelOrder(account(), order()).error().maybeApplied);
  EXPECT_EQ(client.getOrder(account(), order()).value().status.str(), "pending_cancel");
}

TEST(Desk, KnowsAPositionFromACanceledOrder) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.fillDuringCancel(account(), order());  // the cancel is accepted, but the fill wins

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto confirmed = client.cancelOrderAndConfirm(account(), order()).value();

  EXPECT_TRUE(confirmed.cancelAccepted);
  EXPECT_EQ(confirmed.outcome, broker::CancelOutcome::Filled);
}

TEST(Desk, FindsTheLegThatIsListedAsClosed) {
  MockBroker mock;
  const auto stop = broker::OrderId::parse("stop").value();
  broker::Order entry{order(), "AAPL"};
  entry.orderClass = broker::OrderClass::Bracket;
  entry.status = broker::OrderStatus::Filled;
  entry.legs.push_back({stop, "AAPL", "stop-1", broker::OrderStatus::Held, broker::OrderSide::Sell});
  mock.addOrder(account(), entry);

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  EXPECT_TRUE(client.listOrders(account()).value().empty());  // nothing is listed as open,
  EXPECT_EQ(mock.orderStatus(account(), stop), "held");       // but the stop may still sell
}

TEST(Desk, CancelsAnOrderThatAppearsWhileTheSwitchIsThrown) {
  MockBroker mock;
  mock.addOrder(account(), order());
  const auto late = broker::OrderId::parse("late").value();
  mock.onRequest([&](const broker::testing::ReceivedRequest&) {
    if (mock.requestCount() == 2) mock.addOrder(account(), late);  // after the cancel-all, before the next list
  });

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  broker::KillSwitchOptions options;
  options.maxRounds = 2;
  const auto report = client.killSwitch({account()}, options).value();

  EXPECT_EQ(mock.orderStatus(account(), late), "pending_cancel");
  EXPECT_FALSE(report.allEmpty());  // accepted is not canceled; mock.settleCancels() completes it
}

TEST(Desk, MeetsFaultsOnlyWhereTheyAreAimed) {
  MockBroker mock;
  const auto other = broker::OrderId::parse("other").value();
  mock.addOrder(account(), order());
  mock.addOrder(account(), other);
  mock.failNext(MockFault::LostAnswer, {"DELETE", order()});       // the next cancel of this order
  mock.injectFaults(1, 42, {MockFault::BadGateway}, {"GET"});      // every read: 1 is always
  mock.delayAnswers(std::chrono::milliseconds(200), {"", other});  // every answer about the other order

  auto options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  broker::BrokerClient client{mock.credentials(), options};
  const auto slow = client.cancelOrder(account(), other);
  EXPECT_TRUE(slow);
  EXPECT_GE(slow.call().elapsed, std::chrono::milliseconds(200));
  EXPECT_EQ(client.getOrder(account(), order()).error().httpStatus, 502);
  EXPECT_TRUE(client.cancelOrder(account(), order()).error().maybeApplied);
}

// A desk with one open order, whose cancel takes 30 s of the broker's time.
class OneOrder : public testing::Test {
 protected:
  OneOrder() { mock.addOrder(account(), order()); }

  static broker::testing::MockBrokerOptions slowCancels() {
    broker::testing::MockBrokerOptions options;
    options.cancelTakes = std::chrono::seconds(30);
    return options;
  }

  MockBroker mock{slowCancels()};
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
};

TEST_F(OneOrder, IsInDoubtAfterACutAnswer) {
  mock.failNext(MockFault::CutAnswer);
  const auto report = client.cancelAllOrders(account()).value();
  EXPECT_TRUE(report.doubt);  // the broker canceled the order, but the list of entries broke off
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
}

TEST_F(OneOrder, SurvivesARestart) {
  mock.shutDown();
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, broker::ErrorKind::NotSent);
  mock.restart();  // same port, same orders
  EXPECT_TRUE(client.cancelOrder(account(), order()));
}

TEST_F(OneOrder, IsCanceledWhenItsTimeHasCome) {
  mock.setTime(broker::UtcTime(std::chrono::hours(473'000)));  // 2023-12-17T08:00:00Z
  EXPECT_TRUE(client.cancelOrder(account(), order()));
  mock.advanceTime(std::chrono::seconds(29));
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
  mock.advanceTime(std::chrono::seconds(1));  // cancelTakes is 30 s
  EXPECT_EQ(mock.orderStatus(account(), order()), "canceled");
}

TEST_F(OneOrder, CanBeCanceledInAClosedMarket) {
  mock.setMarketOpen(false);                            // GET /v1/clock now has "is_open":false
  EXPECT_TRUE(client.cancelOrder(account(), order()));  // a closed market still accepts cancels
}

TEST(Desk, HearsTheTruthWhateverGetsLost) {
  MockBroker mock;
  mock.injectFaults(0.3, 42);  // three of ten requests meet a fault; the seed 42 always draws the same ones
  auto options = mock.clientOptions();
  options.attemptTimeout = std::chrono::milliseconds(300);
  broker::BrokerClient client{mock.credentials(), options};

  for (int i = 0; i < 20; ++i) {
    const auto id = broker::OrderId::parse("order-" + std::to_string(i)).value();
    mock.addOrder(account(), id);
    const auto result = client.cancelOrder(account(), id);
    const bool acted = mock.orderStatus(account(), id) != "new";
    EXPECT_TRUE(acted || !result);                                 // no false success,
    EXPECT_TRUE(!acted || result || result.error().maybeApplied);  // and no false failure
  }
}

TEST(Desk, LeavesARecordAtTheBroker) {
  MockBroker mock;
  mock.addOrder(account(), order());
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  ASSERT_TRUE(client.cancelOrder(account(), order()));

  const auto request = mock.requests().front();
  EXPECT_EQ(request.target, "/v1/trading/accounts/" + account().str() + "/orders/" + order().str());
  EXPECT_EQ(request.status, 204);
}

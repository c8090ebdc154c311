// How a team tests its own app: the real client against a broker that misbehaves on request. Every test asks the one
// question that costs money: did anything replace an order that may still be open?
#include "risk_desk.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace broker = alpaca::broker;
using broker::testing::MockBroker;
using broker::testing::MockFault;
using broker::testing::ReceivedRequest;

namespace {

constexpr double kInside = 100;
constexpr double kOutside = 90;

class RiskDeskTest : public ::testing::Test {
 protected:
  RiskDeskTest() {
    mock.addOrder(account, order, "partially_filled");  // 4 of 10
    desk.track(order);
  }

  static broker::ClientOptions quick(broker::ClientOptions options) {
    options.retry.maxAttempts = 2;
    options.retry.backoffBase = std::chrono::milliseconds(1);
    return options;
  }

  // Applies to both attempts of the next call.
  void failTwice(MockFault fault) {
    mock.failNext(fault);
    mock.failNext(fault);
  }

  const broker::AccountId account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const broker::OrderId order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();
  MockBroker mock;  // before the client: it must outlive it
  broker::BrokerClient client{mock.credentials(), quick(mock.clientOptions())};
  std::vector<broker::Order> resubmitted;
  std::function<void()> onResubmit = [] {};
  RiskDesk desk{client, account, {95, 105}, [this](const broker::Order& ended) {
                  resubmitted.push_back(ended);
                  onResubmit();
                }};
};

TEST_F(RiskDeskTest, LeavesItsOrdersAloneInsideTheBand) {
  desk.onPrice(kInside);
  EXPECT_EQ(mock.requestCount(), 0U);
}

TEST_F(RiskDeskTest, ResubmitsTheRestOnceTheCancelHasTakenEffect) {
  desk.onPrice(kOutside);
  EXPECT_EQ(desk.standing(order), Standing::Unclear);
  EXPECT_TRUE(resubmitted.empty()) << "a 204 says accepted, not canceled";

  mock.settleCancels();
  desk.onPrice(kOutside);
  desk.onPrice(kOutside);
  EXPECT_EQ(desk.standing(order), Standing::Gone);
  ASSERT_EQ(resubmitted.size(), 1U);
  EXPECT_EQ(resubmitted[0].qty->str(), "10");
  EXPECT_EQ(resubmitted[0].filledQty.str(), "4");
}

TEST_F(RiskDeskTest, MayTrackWhatItResubmits) {
  const auto next = broker::OrderId::parse("next").value();
  onResubmit = [&] {
    mock.addOrder(account, next);
    desk.track(next);
  };
  desk.onPrice(kOutside);
  mock.settleCancels();
  desk.onPrice(kOutside);
  EXPECT_EQ(mock.orderStatus(account, next), "new") << "placed at this price: not canceled at it, too";
  desk.onPrice(kOutside);
  EXPECT_EQ(mock.orderStatus(account, next), "pending_cancel");
}

TEST_F(RiskDeskTest, DoesNotResubmitWhatFillsAfterTheCancelWasAccepted) {
  mock.fillDuringCancel(account, order);
  desk.onPrice(kOutside);
  mock.settleCancels();
  desk.onPrice(kOutside);
  EXPECT_EQ(desk.standing(order), Standing::Gone);
  EXPECT_TRUE(resubmitted.empty());
}

TEST_F(RiskDeskTest, DoesNotResubmitWhatFillsWhileTheCancelIsOnItsWay) {
  mock.onRequest([this](const ReceivedRequest& request) {
    if (request.method == "DELETE") mock.fillOrder(account, order);
  });
  desk.onPrice(kOutside);  // 422
  EXPECT_EQ(desk.standing(order), Standing::Gone);
  EXPECT_TRUE(resubmitted.empty());
}

TEST_F(RiskDeskTest, LooksWhenARefusalMayBeItsOwnDoing) {
  mock.failNext(MockFault::BadGatewayAfterActing);
  desk.onPrice(kOutside);  // 502, then a retry: 422
  EXPECT_EQ(desk.standing(order), Standing::Unclear);
  EXPECT_TRUE(resubmitted.empty());

  mock.settleCancels();
  desk.onPrice(kInside);  // the price is back, but a cancel that was begun is finished
  EXPECT_EQ(resubmitted.size(), 1U);
}

TEST_F(RiskDeskTest, CancelsAgainWhereA502HasDoneNothing) {
  failTwice(MockFault::BadGateway);
  desk.onPrice(kOutside);  // in doubt; a read then shows it open
  EXPECT_EQ(desk.standing(order), Standing::Working);
  EXPECT_EQ(mock.orderStatus(account, order), "partially_filled");

  desk.onPrice(kInside);  // the first cancel may still arrive, so the desk still leaves
  EXPECT_EQ(mock.orderStatus(account, order), "pending_cancel");
  EXPECT_TRUE(resubmitted.empty());
}

TEST_F(RiskDeskTest, WaitsUntilItCanLookAfterLostAnswers) {
  failTwice(MockFault::LostAnswer);  // the cancel's
  failTwice(MockFault::LostAnswer);  // the read's
  desk.onPrice(kOutside);
  mock.settleCancels();
  EXPECT_EQ(desk.standing(order), Standing::Unclear);
  EXPECT_TRUE(resubmitted.empty()) << "it is canceled, but nobody has said so";

  desk.onPrice(kOutside);
  EXPECT_EQ(resubmitted.size(), 1U);
}

TEST_F(RiskDeskTest, KeepsTheOrderWhenTheRateLimitRefuses) {
  failTwice(MockFault::TooManyRequests);
  desk.onPrice(kOutside);
  EXPECT_EQ(desk.standing(order), Standing::Working);
  EXPECT_EQ(mock.requestCount(), 2U) << "nothing was done: there is nothing to read";

  desk.onPrice(kInside);
  EXPECT_EQ(mock.requestCount(), 2U) << "nor to finish";
  desk.onPrice(kOutside);
  EXPECT_EQ(mock.orderStatus(account, order), "pending_cancel");
  EXPECT_TRUE(resubmitted.empty());
}

TEST_F(RiskDeskTest, KeepsTheOrderWhenTheBrokerCannotBeReached) {
  mock.shutDown();
  desk.onPrice(kOutside);
  EXPECT_EQ(desk.standing(order), Standing::Working) << "not sent is not canceled";
  EXPECT_TRUE(resubmitted.empty());
}

TEST_F(RiskDeskTest, ResubmitsNothingWhenTheBrokerDiesHalfWay) {
  mock.onRequest([this](const ReceivedRequest&) { mock.shutDown(); });
  desk.onPrice(kOutside);
  desk.onPrice(kOutside);
  EXPECT_EQ(desk.standing(order), Standing::Unclear);
  EXPECT_TRUE(resubmitted.empty());
}

TEST_F(RiskDeskTest, GetsOutOfWhatTookTheOrdersPlace) {
  const auto successor = broker::OrderId::parse("successor").value();
  mock.replaceOrder(account, order, successor);
  desk.onPrice(kOutside);  // 422: replaced
  desk.onPrice(kOutside);
  EXPECT_EQ(mock.orderStatus(account, successor), "pending_cancel");
  EXPECT_EQ(desk.standing(successor), Standing::Unclear);
  EXPECT_TRUE(resubmitted.empty());
}

TEST_F(RiskDeskTest, LeavesAnUnknownOrderToAPerson) {
  const auto unknown = broker::OrderId::parse("unknown").value();
  mock.setOrderStatus(account, order, "filled");
  desk.track(unknown);
  desk.onPrice(kOutside);
  const std::size_t requests = mock.requestCount();
  desk.onPrice(kOutside);
  EXPECT_EQ(desk.standing(unknown), Standing::Stuck);
  EXPECT_EQ(mock.requestCount(), requests) << "asking again will not help";
  EXPECT_TRUE(resubmitted.empty());
}

// Needs no broker: a decision is a function of a value.
TEST(NextStepTest, DoubtComesBeforeTheKindOfError) {
  for (const auto kind : {broker::ErrorKind::NotCancelable, broker::ErrorKind::NotFound, broker::ErrorKind::ServerError,
                          broker::ErrorKind::RateLimited, broker::ErrorKind::InDoubt}) {
    broker::Error error;
    error.kind = kind;
    error.maybeApplied = true;
    EXPECT_EQ(nextStep(error), NextStep::Read) << toString(kind);
  }
}

}  // namespace

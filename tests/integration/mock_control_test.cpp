// What a test can make of the mock: faults for one order, its time, its market, a restart.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "integration/mock_wire.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace alpaca::broker {
namespace {

using namespace std::chrono_literals;
using test::account;
using test::ask;
using test::order;
using ::testing::HasSubstr;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::MockFault;
using ::testing::StartsWith;

const std::string kOrders = "/v1/trading/accounts/" + account().str() + "/orders";
const std::string kOrder = kOrders + "/" + order().str();
const UtcTime kNoon{1'700'000'000s};  // 2023-11-14T22:13:20Z

BrokerClient clientOf(const MockBroker& mock, int maxAttempts) {
  ClientOptions options = mock.clientOptions();
  options.retry.maxAttempts = maxAttempts;
  options.retry.backoffBase = 1ms;
  return BrokerClient{mock.credentials(), options};
}

TEST(MockMatch, LetsAFaultMeetOnlyItsOrder) {
  MockBroker mock;
  mock.addOrder(account(), order("a"));
  mock.addOrder(account(), order("b"));
  mock.failNext(MockFault::LostAnswer, {"DELETE", order("b")});
  mock.failNext(503, "", {}, {"GET"});
  BrokerClient client = clientOf(mock, 1);
  EXPECT_TRUE(client.cancelOrder(account(), order("a")));
  EXPECT_EQ(client.getOrder(account(), order("b")).error().httpStatus, 503);
  EXPECT_EQ(client.cancelOrder(account(), order("b")).error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(client.getOrder(account(), order("b")));
}

TEST(MockMatch, DelaysOnlyTheAnswersToItsOrder) {
  MockBroker mock;
  mock.addOrder(account(), order("slow"));
  mock.addOrder(account(), order("quick"));
  mock.delayAnswers(10min, {"", order("slow")});
  BrokerClient client = clientOf(mock, 1);
  const auto slow = client.cancelOrder(account(), order("slow"), CallOptions{300ms});
  EXPECT_EQ(slow.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(mock.orderStatus(account(), order("slow")), "pending_cancel") << "the broker acts at once";
  EXPECT_TRUE(client.cancelOrder(account(), order("quick")));
}

class CutAnswerOver : public ::testing::TestWithParam<bool> {
 protected:
  CutAnswerOver() { mock.addOrder(account(), order()); }
  static MockBrokerOptions over(bool tls) {
    MockBrokerOptions options;
    options.tls = tls;
    return options;
  }

  MockBroker mock{over(GetParam())};
};

TEST_P(CutAnswerOver, IsRetriedByARead) {
  BrokerClient client = clientOf(mock, 2);
  mock.failNext(MockFault::CutAnswer);
  const auto read = client.getOrder(account(), order());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.call().attempts, 2);
  EXPECT_EQ(mock.requests().at(0).statusTold, 200);
}

TEST_P(CutAnswerOver, LeavesACancelAllInDoubt) {
  BrokerClient client = clientOf(mock, 2);
  mock.failNext(MockFault::CutAnswer);
  const auto all = client.cancelAllOrders(account());
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_TRUE(all->doubt);
  EXPECT_FALSE(all->allAccepted());
  EXPECT_EQ(mock.requests().at(0).status, 207);
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
}

TEST_P(CutAnswerOver, LosesTheAnswerToACancelWhole) {
  BrokerClient client = clientOf(mock, 1);
  mock.failNext(MockFault::CutAnswer);
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(mock.requests().at(0).status, 204);
  EXPECT_EQ(mock.requests().at(0).statusTold, 0);
}

INSTANTIATE_TEST_SUITE_P(MockBroker, CutAnswerOver, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "Tls" : "Plain"; });

TEST(MockCutAnswer, AnnouncesMoreThanItSends) {
  MockBroker mock;
  mock.addOrder(account(), order());
  const std::string whole = ask(mock, "GET", kOrder);
  mock.failNext(MockFault::CutAnswer);
  const std::string cut = ask(mock, "GET", kOrder);
  const auto lengthOf = [](const std::string& answer) { return answer.size() - answer.find("\r\n\r\n") - 4; };
  EXPECT_THAT(cut, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(cut, HasSubstr("Content-Length: " + std::to_string(lengthOf(whole)) + "\r\n"));
  EXPECT_THAT(cut, HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_EQ(cut.find("Content-Type"), cut.rfind("Content-Type"));
  EXPECT_EQ(lengthOf(cut), lengthOf(whole) / 2);
}

TEST(MockTime, LetsACancelTakeEffectWithoutWaiting) {
  MockBrokerOptions options;
  options.cancelTakes = 1h;
  MockBroker mock{options};
  mock.setTime(kNoon);
  mock.addOrder(account(), order());
  BrokerClient client = clientOf(mock, 1);
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  mock.advanceTime(1h - 1ns);
  EXPECT_EQ(client.getOrder(account(), order())->status, OrderStatus::PendingCancel);
  mock.advanceTime(1ns);
  const Order canceled = client.getOrder(account(), order()).value();
  EXPECT_EQ(canceled.status, OrderStatus::Canceled);
  EXPECT_EQ(canceled.submittedAt->time, kNoon);
  EXPECT_EQ(canceled.canceledAt->time, kNoon + 1h);
  EXPECT_EQ(mock.time(), kNoon + 1h);
}

TEST(MockTime, DatesAnswersAndRateWindows) {
  MockBrokerOptions options;
  options.rateLimit = 1;
  options.refuseBeyondRateLimit = true;
  MockBroker mock{options};
  mock.setTime(kNoon);
  const std::string first = ask(mock, "GET", "/v1/clock");
  EXPECT_THAT(first, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(first, HasSubstr("\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n"));
  EXPECT_THAT(first, HasSubstr("\r\nX-RateLimit-Reset: 1700000060\r\n"));
  EXPECT_THAT(first, HasSubstr(R"("timestamp":"2023-11-14T22:13:20.000000000Z")"));
  EXPECT_THAT(ask(mock, "GET", "/v1/clock"), HasSubstr("\r\nRetry-After: 60\r\n"));
  mock.advanceTime(60s);
  EXPECT_THAT(ask(mock, "GET", "/v1/clock"), StartsWith("HTTP/1.1 200"));
}

TEST(MockTime, IsTheSystemsUntilItIsSet) {
  MockBroker mock;
  const UtcTime before = mock.time();
  mock.advanceTime(24h);
  mock.addOrder(account(), order());
  EXPECT_GE(mock.order(account(), order()).submittedAt->time, before + 24h);
  EXPECT_THROW(mock.advanceTime(-1ns), std::invalid_argument);
  EXPECT_THROW(mock.setTime(UtcTime(-1ns)), std::invalid_argument);
}

TEST(MockMarket, ClosesWithoutTouchingCancels) {
  MockBrokerOptions options;
  options.cancelTakes = 0ms;
  MockBroker mock{options};
  mock.addOrder(account(), order());
  EXPECT_THAT(ask(mock, "GET", "/v1/clock"), HasSubstr(R"("is_open":true)"));
  mock.setMarketOpen(false);
  EXPECT_THAT(ask(mock, "GET", "/v1/clock"), HasSubstr(R"("is_open":false)"));
  EXPECT_THAT(ask(mock, "DELETE", kOrder), StartsWith("HTTP/1.1 204"));
  EXPECT_EQ(mock.orderStatus(account(), order()), "canceled");
  mock.setMarketOpen(true);
  EXPECT_THAT(ask(mock, "GET", "/v1/clock"), HasSubstr(R"("is_open":true)"));
}

}  // namespace
}  // namespace alpaca::broker

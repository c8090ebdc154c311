#include "features/kill_switch.hpp"

#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/order_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::features {
namespace {

using test::account;
using test::answered;
using test::failed;
using test::orderBody;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

// A broker with one order, by a function for each of the calls that a kill switch makes.
class KillSwitchFeature : public ::testing::Test {
 protected:
  KillSwitchFeature() {
    client.retry.maxAttempts = 1;
    log.answer = [this](const http::HttpRequest& request) {
      const std::string method = request.method;
      const bool isOfOne = request.target.view().find("/orders/") != std::string::npos;
      if (method == "DELETE") return isOfOne ? cancelOne : cancelAll;
      if (isOfOne) return readOne;
      return request.target.view().find("status=closed") != std::string::npos ? listClosed : listOpen;
    };
  }

  AccountKill run() {
    core::Caller caller = test::makeCaller(log, client);
    return killSwitch(caller, {account()}, options).value().accounts.at(0);
  }

  ClientOptions client;
  KillSwitchOptions options;
  http::Exchange cancelAll = answered(207, R"([{"id":"one","status":200}])");
  http::Exchange cancelOne = answered(204);
  http::Exchange listOpen = answered(200, "[]");
  http::Exchange listClosed = answered(200, "[" + orderBody("canceled") + "]");
  http::Exchange readOne = answered(200, orderBody("canceled"));
  test::FakeTransport::Log log;
};

TEST_F(KillSwitchFeature, TakesThreeRequestsWhenAllGoesWell) {
  const AccountKill kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.canceled, SizeIs(1));
  EXPECT_THAT(log.requests, SizeIs(3));
}

TEST_F(KillSwitchFeature, SendsNoCancelAllTwice) {
  cancelAll = failed(http::Failure::TimedOut, 1);
  client.retry.maxAttempts = 3;
  const AccountKill kill = run();
  EXPECT_TRUE(kill.isEmpty) << "as the look has shown";
  EXPECT_THAT(log.requests, SizeIs(2));
}

TEST_F(KillSwitchFeature, LooksAgainAfterALookThatFailed) {
  int looks = 0;
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") return answered(207, "[]");
    return ++looks < 4 ? answered(looks == 1 ? 502 : 200, "<html>") : answered(200, "[]");
  };
  const AccountKill kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_EQ(kill.rounds, 4);
  EXPECT_EQ(kill.error, std::nullopt);
}

TEST_F(KillSwitchFeature, GivesUpWhereNoLookCanSucceed) {
  listOpen = listClosed = readOne = answered(401);
  const AccountKill kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_EQ(kill.rounds, 1);
  EXPECT_EQ(kill.error->kind, ErrorKind::Unauthorized);
  ASSERT_THAT(kill.unknown, SizeIs(1));
  EXPECT_EQ(kill.unknown[0].error->kind, ErrorKind::Unauthorized);
}

TEST_F(KillSwitchFeature, ReadsOneByOneWhatIsNotAmongTheClosedOrders) {
  listClosed = answered(200, "[]");
  readOne = answered(200, orderBody("filled"));
  const AccountKill kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.filled, SizeIs(1));
}

TEST_F(KillSwitchFeature, BelievesAReadThatShowsTheOrderOpen) {
  listClosed = answered(200, "[]");
  readOne = answered(200, orderBody("pending_cancel"));
  const AccountKill kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(kill.stillOpen, SizeIs(1));
}

TEST_F(KillSwitchFeature, WaitsLongerWhileOnlyPendingCancelsAreLeft) {
  listOpen = answered(200, "[" + orderBody("pending_cancel") + "]");
  const AccountKill kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(kill.stillOpen, SizeIs(1));
  ASSERT_GE(log.pauses.size(), 6U);
  EXPECT_EQ(log.pauses[0], 50ms);
  EXPECT_EQ(log.pauses[1], 100ms);
  EXPECT_EQ(log.pauses[5], 1'000ms);
  EXPECT_LE(log.now, core::Caller::Clock::time_point(30s));
  EXPECT_THAT(log.requests, Not(::testing::Contains(HasSubstr("/orders/one"))));
}

// What cancel-all says of an order was once passed on as it came, without a message and with what the broker echoed.
TEST_F(KillSwitchFeature, TellsOfARefusalWithoutACredentialInIt) {
  cancelAll = answered(207, R"([{"id":"one","status":422,"body":{"code":1,"message":"no, hunter2-hunter2"}}])");
  listOpen = answered(200, "[" + orderBody("new") + "]");
  log.timePerAttempt = 450ms;  // cancel-all and a look use the time up: no cancel of its own replaces the refusal
  options.deadline = 1s;
  const AccountKill kill = run();
  ASSERT_THAT(kill.stillOpen, SizeIs(1));
  const Error& error = kill.stillOpen[0].cancelError.value();
  EXPECT_EQ(error.kind, ErrorKind::NotCancelable);
  EXPECT_THAT(error.message, HasSubstr("The broker answered 422"));
  EXPECT_THAT(error.message + error.brokerMessage, Not(HasSubstr("hunter2")));
}

TEST_F(KillSwitchFeature, KnowsNothingOfAnAccountThatIsOutOfTime) {
  client.retry.maxAttempts = 3;
  cancelAll = listOpen = listClosed = readOne = failed(http::Failure::TimedOut, 1);
  log.timePerAttempt = 5s;
  options.deadline = 6s;
  const AccountKill kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_TRUE(kill.error);
  EXPECT_THAT(kill.unknown, IsEmpty());
}

}  // namespace
}  // namespace alpaca::broker::features

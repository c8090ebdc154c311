// Cancels orders through the public API alone, over real HTTP, against the mock broker.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/ids.hpp"
#include "support/scoped_environment.hpp"
#include "support/temporary_home.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using test::ScopedEnvironment;
using ::testing::HasSubstr;
using testing::MockBroker;
using testing::MockFault;
using ::testing::SizeIs;
using ::testing::StartsWith;
using namespace std::chrono_literals;

class CancelOrder : public ::testing::Test {
 protected:
  CancelOrder() { mock.addOrder(account(), order(), "new"); }

  BrokerClient makeClient() { return BrokerClient{mock.credentials(), mock.clientOptions()}; }

  MockBroker mock;
};

TEST_F(CancelOrder, IsAcceptedForAnOpenOrder) {
  auto client = makeClient();
  const auto result = client.cancelOrder(account(), order());
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
  EXPECT_THAT(result.call().requestId, SizeIs(32));
  EXPECT_EQ(result.call().attempts, 1);
  EXPECT_EQ(result.call().sends, 1);
  EXPECT_GT(result.call().elapsed, 0ns);
  ASSERT_TRUE(result.call().rateLimit);
  EXPECT_EQ(result.call().rateLimit->limit, 10'000);
  EXPECT_EQ(result.call().rateLimit->remaining, 9'999);
  EXPECT_GT(result.call().rateLimit->resetAt, std::chrono::system_clock::now());
}

TEST_F(CancelOrder, IsExactlyOneRequestOnTheWire) {
  ClientOptions options = mock.clientOptions();
  options.userAgent = "desk/2.1";
  options.extraHeaders = {{"X-Desk", "seven"}};
  BrokerClient client{mock.credentials(), options};
  ASSERT_TRUE(client.cancelOrder(account(), order()));

  ASSERT_THAT(mock.requests(), SizeIs(1));
  const auto request = mock.requests().front();
  EXPECT_EQ(request.method, "DELETE");
  EXPECT_EQ(request.target,
            "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders/61e69015-8549-4bfd-b9c3-01e75843f47d");
  EXPECT_EQ(request.header("Authorization"), "Basic bW9jay1hcGkta2V5Om1vY2stYXBpLXNlY3JldA==");
  EXPECT_EQ(request.header("User-Agent"), "desk/2.1 alpaca-broker-cpp/" + std::string(kVersion));
  EXPECT_EQ(request.header("Accept"), "application/json");
  EXPECT_EQ(request.header("X-Desk"), "seven");
  EXPECT_EQ(request.body, "");
  for (const char* absent :
       {"Content-Length", "Transfer-Encoding", "Content-Type", "Cookie", "Accept-Encoding", "Expect", "Upgrade"}) {
    EXPECT_EQ(request.header(absent), "") << absent;
  }
}

TEST_F(CancelOrder, PutsThePrefixOfTheBaseUrlInFront) {
  ClientOptions options = mock.clientOptions();
  options.baseUrl += "/gateway/";
  BrokerClient client{mock.credentials(), options};
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotFound);
  EXPECT_THAT(mock.requests().front().target, StartsWith("/gateway/v1/trading/accounts/"));
}

TEST_F(CancelOrder, IsRefusedForAFilledOrder) {
  mock.addOrder(account(), order(), "filled");
  auto client = makeClient();
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
  EXPECT_FALSE(result.error().maybeApplied);
  EXPECT_EQ(result.error().httpStatus, 422);
  EXPECT_EQ(result.error().brokerCode, 42210000);
  EXPECT_EQ(result.error().brokerMessage, R"(order is already in "filled" state)");
  EXPECT_THAT(result.error().call.requestId, SizeIs(32));
  EXPECT_EQ(result.error().call.rateLimit->remaining, 9'999);
  EXPECT_EQ(mock.orderStatus(account(), order()), "filled");
}

TEST_F(CancelOrder, OfAnUnknownOrderIsNotFound) {
  auto client = makeClient();
  EXPECT_EQ(client.cancelOrder(account(), order("another")).error().kind, ErrorKind::NotFound);
}

TEST_F(CancelOrder, WithWrongCredentialsIsUnauthorizedAndShowsNone) {
  BrokerClient client{Credentials{"wrong-api-key", "wrong-api-secret"}, mock.clientOptions()};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized);
  EXPECT_EQ(result.error().message.find("wrong-api"), std::string::npos);
  EXPECT_EQ(mock.orderStatus(account(), order()), "new");
  EXPECT_EQ(mock.requestCount(), 1U);
}

TEST_F(CancelOrder, ThrowsFromValueForThoseWhoLikeIt) {
  auto client = makeClient();
  EXPECT_NO_THROW(client.cancelOrder(account(), order()).value());
  try {
    client.cancelOrder(account(), order()).value();
    FAIL() << "value() did not throw";
  } catch (const BrokerError& error) {
    EXPECT_EQ(error.error().kind, ErrorKind::NotCancelable);
    EXPECT_EQ(error.error().httpStatus, 422);
  }
}

struct Row {
  int status;
  ErrorKind kind;
  bool maybeApplied;
};

class CancelOrderOverHttp : public CancelOrder, public ::testing::WithParamInterface<Row> {};

// Every documented status over a real socket, with a body that is not JSON, in one request each.
TEST_P(CancelOrderOverHttp, TellsTheTruthAboutEachStatus) {
  const Row& row = GetParam();
  mock.failNext(row.status, "<html>what?</html>", {{"Retry-After", "2"}});
  auto client = makeClient();
  CallOptions once;
  once.maxAttempts = 1;
  const auto result = client.cancelOrder(account(), order(), once);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, row.kind);
  EXPECT_EQ(result.error().maybeApplied, row.maybeApplied);
  EXPECT_EQ(result.error().httpStatus, row.status);
  EXPECT_EQ(result.error().body, "<html>what?</html>");
  EXPECT_EQ(result.error().retryAfter, 2000ms);
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_THAT(result.error().call.requestId, SizeIs(32));
  EXPECT_EQ(mock.requestCount(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    All, CancelOrderOverHttp,
    ::testing::Values(Row{200, ErrorKind::UnexpectedResponse, true}, Row{202, ErrorKind::UnexpectedResponse, true},
                      Row{207, ErrorKind::UnexpectedResponse, true}, Row{302, ErrorKind::UnexpectedResponse, true},
                      Row{400, ErrorKind::BadRequest, false}, Row{401, ErrorKind::Unauthorized, false},
                      Row{403, ErrorKind::Forbidden, false}, Row{404, ErrorKind::NotFound, false},
                      Row{408, ErrorKind::ServerError, false}, Row{418, ErrorKind::UnexpectedResponse, false},
                      Row{422, ErrorKind::NotCancelable, false}, Row{425, ErrorKind::ServerError, false},
                      Row{429, ErrorKind::RateLimited, false}, Row{500, ErrorKind::ServerError, true},
                      Row{502, ErrorKind::ServerError, true}, Row{503, ErrorKind::ServerError, true},
                      Row{504, ErrorKind::ServerError, true}, Row{599, ErrorKind::ServerError, true}),
    [](const auto& row) { return "Status" + std::to_string(row.param.status); });

TEST_F(CancelOrder, FollowsNoRedirect) {
  mock.failNext(307, "", {{"Location", mock.url() + "/v1/trading/accounts"}});
  auto client = makeClient();
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_EQ(mock.requestCount(), 1U);
}

TEST_F(CancelOrder, SendsNoCookieBack) {
  mock.failNext(400, "", {{"Set-Cookie", "session=1; Path=/"}});
  auto client = makeClient();
  static_cast<void>(client.cancelOrder(account(), order()));
  static_cast<void>(client.cancelOrder(account(), order()));
  EXPECT_EQ(mock.requests().back().header("Cookie"), "");
}

TEST_F(CancelOrder, ThatIsNotAnsweredInTimeIsInDoubt) {
  mock.delayAnswers(1s);
  auto client = makeClient();
  const auto result = client.cancelOrder(account(), order(), CallOptions{100ms});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_LT(result.error().call.elapsed, 900ms);
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");  // it was applied: "failed" is untrue
}

TEST_F(CancelOrder, ToAClosedPortIsNotSent) {
  ClientOptions options;
  options.baseUrl = "http://127.0.0.1:1";
  BrokerClient client{mock.credentials(), options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::NotSent);
  EXPECT_FALSE(result.error().maybeApplied);
  EXPECT_EQ(result.error().call.sends, 0);
  EXPECT_EQ(result.error().call.attempts, 3);
}

TEST_F(CancelOrder, IsTriedAgainAfterA502AndThenAccepted) {
  mock.failNext(502, "<html>Bad Gateway</html>");
  auto client = makeClient();
  const auto result = client.cancelOrder(account(), order());
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result.call().attempts, 2);
  EXPECT_EQ(result.call().sends, 2);
  EXPECT_EQ(mock.requestCount(), 2U);
}

// The lost answer was an acceptance. The second attempt's 422 is a consequence of that first success.
TEST_F(CancelOrder, RefusalAfterAnUnansweredAttemptStaysInDoubt) {
  mock.failNext(MockFault::StallAfterActing);
  ClientOptions options = mock.clientOptions();
  options.attemptTimeout = 500ms;
  BrokerClient client{mock.credentials(), options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(result.error().call.sends, 2);
  EXPECT_THAT(result.error().message, HasSubstr("perhaps from an earlier attempt of this call"));
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
}

// The default of 5 s for an attempt is longer than the deadline.
TEST_F(CancelOrder, IsTriedAgainAfterSilenceWithinAShortDeadline) {
  mock.failNext(testing::MockFault::Stall);
  auto client = makeClient();
  const auto result = client.cancelOrder(account(), order(), CallOptions{3s});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result.call().attempts, 2);
  EXPECT_GE(result.call().elapsed, 2s);
}

TEST_F(CancelOrder, GivesAllTheTimeToTheFirstAttemptIfItIsTold) {
  mock.failNext(testing::MockFault::Stall);
  CallOptions options;
  options.deadline = options.attemptTimeout = 600ms;
  auto client = makeClient();
  const auto result = client.cancelOrder(account(), order(), options);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(result.error().call.attempts, 1);
}

TEST_F(CancelOrder, IsAbortedByItsStopHandleBeforeAnythingIsSent) {
  StopSource source;
  source.requestStop();
  CallOptions options;
  options.stop = source.token();
  auto client = makeClient();
  const auto result = client.cancelOrder(account(), order(), options);
  EXPECT_EQ(result.error().kind, ErrorKind::Aborted);
  EXPECT_EQ(result.error().message, "The request was not sent: the call was stopped. The order is as it was before.");
  EXPECT_EQ(mock.requestCount(), 0U);
  EXPECT_TRUE(client.cancelOrder(account(), order()));
}

TEST_F(CancelOrder, IsInDoubtWhenItsStopHandleEndsItAfterSending) {
  mock.delayAnswers(2s);
  StopSource source;
  CallOptions options;
  options.stop = source.token();
  auto client = makeClient();
  std::thread stopper([&] {
    while (mock.requestCount() == 0) std::this_thread::yield();
    source.requestStop();
  });
  const auto result = client.cancelOrder(account(), order(), options);
  stopper.join();
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_THAT(result.error().message, HasSubstr("no answer came: the call was stopped. The cancel"));
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_LT(result.error().call.elapsed, 1s);
}

TEST_F(CancelOrder, ShowsEachAttemptToTheObserver) {
  std::vector<std::string> seen;
  ClientOptions options = mock.clientOptions();
  options.observer = [&](const AttemptEvent& event) {
    const auto status = event.httpResponseStatusCode;
    seen.push_back((status ? std::to_string(*status) : std::string(event.errorType)) +
                   (event.connectionReused ? " reused" : " new"));
    EXPECT_GT(event.duration, 0ns);
    EXPECT_GT(event.firstByte, 0ns);
    if (!event.connectionReused) {
      EXPECT_GT(event.connect, 0ns);
    }
  };
  BrokerClient client{mock.credentials(), options};
  mock.failNext(503);
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(seen, (std::vector<std::string>{"503 new", "204 reused"}));
}

TEST_F(CancelOrder, SaysThatItIsTheProxyThatCannotBeReached) {
  ClientOptions options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  options.proxy = "http://127.0.0.1:1";
  const auto result = BrokerClient(mock.credentials(), options).cancelOrder(account(), order());
  EXPECT_EQ(result.error().kind, ErrorKind::NotSent);
  EXPECT_THAT(result.error().message, HasSubstr("no connection could be opened (to the proxy: "));
}

TEST_F(CancelOrder, ReadsNoProxyFromTheEnvironment) {
  const ScopedEnvironment http("http_proxy", "http://127.0.0.1:1");
  const ScopedEnvironment all("ALL_PROXY", "http://127.0.0.1:1");
  auto client = makeClient();
  EXPECT_TRUE(client.cancelOrder(account(), order()));
}

TEST_F(CancelOrder, ReadsNoNetrc) {
  const test::TemporaryHome home;
  home.write(".netrc", "machine 127.0.0.1 login intruder password x\n");
  auto client = makeClient();
  EXPECT_TRUE(client.cancelOrder(account(), order()));
}

TEST(BrokerClientTest, RefusesUnusableInputWithTheFieldsName) {
  const Credentials good{"key", "secret"};
  const auto complaint = [&](const ClientOptions& options, const Credentials& credentials) {
    try {
      const BrokerClient client{credentials, options};
      return std::string("none");
    } catch (const BrokerError& error) {
      EXPECT_EQ(error.error().kind, ErrorKind::InvalidArgument);
      return error.error().message;
    }
  };
  ClientOptions options;
  options.baseUrl = "http://broker-api.alpaca.markets";
  EXPECT_THAT(complaint(options, good), HasSubstr("ClientOptions::baseUrl"));
  options = {};
  options.proxy = "proxy";
  EXPECT_THAT(complaint(options, good), HasSubstr("ClientOptions::proxy"));
  options = {};
  options.maxConnections = 0;
  EXPECT_THAT(complaint(options, good), HasSubstr("ClientOptions::maxConnections"));
  EXPECT_THAT(complaint({}, Credentials{"a:b", "secret"}), HasSubstr("Credentials::key"));
  EXPECT_EQ(complaint({}, good), "none");
}

TEST_F(CancelOrder, OnAMovedFromClientSendsNothing) {
  auto client = makeClient();
  BrokerClient taken = std::move(client);
  const auto result = client.cancelOrder(account(), order());  // NOLINT(bugprone-use-after-move): tests exactly that
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(mock.requestCount(), 0U);
  EXPECT_TRUE(taken.cancelOrder(account(), order()));
}

}  // namespace
}  // namespace alpaca::broker

#include "core/caller.hpp"

#include "endpoints/cancel_order.hpp"

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::core {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

const auto kAccount = AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
const auto kOrder = OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();

// Answers from a list and keeps what it was asked.
class FakeTransport : public http::Transport {
 public:
  struct Log {
    std::vector<std::string> targets;
    std::vector<http::TimeLimits> limits;
  };

  FakeTransport(http::Exchange exchange, Log& log) : exchange_(std::move(exchange)), log_(log) {}

  http::Exchange run(const http::HttpRequest& request, const http::TimeLimits& limits) override {
    log_.targets.push_back(request.target);
    log_.limits.push_back(limits);
    return exchange_;
  }

  void close() override {}

 private:
  http::Exchange exchange_;
  Log& log_;
};

http::Exchange answered(int status, std::string body = {}, std::string headers = {}) {
  return {http::HttpResponse{status, http::HeaderBlock(std::move(headers)), std::move(body), {}},
          http::Failure::None,
          1,
          {}};
}

http::Exchange failed(http::Failure failure, int sends, std::string detail = "why") {
  return {std::nullopt, failure, sends, std::move(detail)};
}

class CallerTest : public ::testing::Test {
 protected:
  Result<CancelAccepted> cancel(http::Exchange exchange, const CallOptions& call = {}) {
    Caller caller(std::make_unique<FakeTransport>(std::move(exchange), log), options,
                  Credentials{"PK012345", "hunter2-hunter2"}, "proxy-password");
    return caller.call(endpoints::cancel_order::operation(kAccount, kOrder), call);
  }

  ClientOptions options;
  FakeTransport::Log log;
};

TEST_F(CallerTest, ReportsAnAcceptedCancelWithItsCallInfo) {
  const auto result = cancel(answered(
      204, "",
      "X-Request-ID: r1\r\nX-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 9\r\nX-RateLimit-Reset: 1767323100\r\n"));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->call.requestId, "r1");
  EXPECT_EQ(result->call.attempts, 1);
  EXPECT_EQ(result->call.sends, 1);
  EXPECT_EQ(result->call.rateLimit->remaining, 9);
  EXPECT_GT(result->call.elapsed, 0ns);
  EXPECT_EQ(log.targets.size(), 1U);
}

TEST_F(CallerTest, ReportsCallInfoOnFailureToo) {
  const auto result = cancel(answered(
      422, "",
      "x-request-id: r2\r\nx-ratelimit-limit: 200\r\nx-ratelimit-remaining: 8\r\nx-ratelimit-reset: 1767323100\r\n"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().call.requestId, "r2");
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_EQ(result.error().call.rateLimit->remaining, 8);
  EXPECT_GT(result.error().call.elapsed, 0ns);
}

struct Row {
  const char* name;
  http::Failure failure;
  int sends;
  ErrorKind kind;
};

class NoAnswer : public CallerTest, public ::testing::WithParamInterface<Row> {};

// Whatever libcurl calls the failure, only the number of sends decides.
TEST_P(NoAnswer, IsJudgedByTheNumberOfSends) {
  const Row& row = GetParam();
  const auto result = cancel(failed(row.failure, row.sends));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, row.kind);
  EXPECT_EQ(result.error().maybeApplied, row.sends > 0);
  EXPECT_EQ(result.error().call.sends, row.sends);
  EXPECT_EQ(result.error().httpStatus, std::nullopt);
  EXPECT_THAT(result.error().message, HasSubstr(row.sends > 0 ? "was sent, but no answer came" : "was not sent"));
  EXPECT_THAT(result.error().message, HasSubstr(row.sends > 0 ? "read the order before you act" : "as it was before"));
  EXPECT_THAT(result.error().message, HasSubstr("(why)"));
}

INSTANTIATE_TEST_SUITE_P(
    All, NoAnswer,
    ::testing::Values(Row{"Busy", http::Failure::NoFreeConnection, 0, ErrorKind::NotSent},
                      Row{"Dns", http::Failure::NameNotResolved, 0, ErrorKind::NotSent},
                      Row{"Refused", http::Failure::ConnectFailed, 0, ErrorKind::NotSent},
                      Row{"RefusedAfterADelivery", http::Failure::ConnectFailed, 1, ErrorKind::InDoubt},
                      Row{"Proxy", http::Failure::ProxyRefused, 0, ErrorKind::NotSent},
                      Row{"Tls", http::Failure::TlsHandshakeFailed, 0, ErrorKind::NotSent},
                      Row{"TlsAfterADelivery", http::Failure::TlsHandshakeFailed, 1, ErrorKind::InDoubt},
                      Row{"Certificate", http::Failure::PeerNotTrusted, 0, ErrorKind::NotSent},
                      Row{"TimeoutBeforeSending", http::Failure::TimedOut, 0, ErrorKind::NotSent},
                      Row{"Silence", http::Failure::TimedOut, 1, ErrorKind::InDoubt},
                      Row{"Reset", http::Failure::ConnectionLost, 1, ErrorKind::InDoubt},
                      Row{"ResendPrevented", http::Failure::ResendPrevented, 1, ErrorKind::InDoubt},
                      Row{"NotHttp", http::Failure::UnreadableAnswer, 1, ErrorKind::InDoubt},
                      Row{"Setup", http::Failure::SetupFailed, 0, ErrorKind::NotSent},
                      Row{"StopBeforeSending", http::Failure::Aborted, 0, ErrorKind::Aborted},
                      Row{"StopAfterSending", http::Failure::Aborted, 1, ErrorKind::InDoubt}),
    test::kByName);

TEST_F(CallerTest, GivesTheAttemptTheTimeThatIsLeftAndNoMore) {
  options.deadline = 8s;
  options.attemptTimeout = 3s;
  options.connectTimeout = 1s;
  const auto before = Caller::Clock::now();
  static_cast<void>(cancel(answered(204)));
  static_cast<void>(cancel(answered(204), CallOptions{2s}));
  const auto after = Caller::Clock::now();
  EXPECT_GE(log.limits[0].deadline, before + 3s);
  EXPECT_LE(log.limits[0].deadline, after + 3s);
  EXPECT_LE(log.limits[1].deadline, after + 2s);
  EXPECT_EQ(log.limits[0].connectTimeout, 1s);
}

TEST_F(CallerTest, SendsNothingWithAnUnusableDeadline) {
  const auto result = cancel(answered(204), CallOptions{0ms});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(result.error().message, HasSubstr("CallOptions::deadline is 0 ms"));
  EXPECT_EQ(result.error().call.attempts, 0);
  EXPECT_EQ(result.error().call.sends, 0);
  EXPECT_TRUE(log.targets.empty());
}

TEST_F(CallerTest, ShowsNoCredentialThatAServerEchoes) {
  const std::string echo = "PK012345 hunter2-hunter2 UEswMTIzNDU6aHVudGVyMi1odW50ZXIy";
  const auto refused = cancel(answered(400, R"({"message":")" + echo + R"("})", "X-Request-ID: " + echo + "\r\n"));
  const auto accepted = cancel(answered(204, "", "X-Request-ID: " + echo + "\r\n"));
  const auto lost = cancel(failed(http::Failure::ConnectFailed, 0, echo + " proxy-password"));
  for (const std::string& text : {refused.error().message, refused.error().body, refused.error().brokerMessage,
                                  refused.error().call.requestId, accepted->call.requestId, lost.error().message}) {
    EXPECT_THAT(text, HasSubstr("[redacted]"));
    for (const char* secret : {"PK012345", "hunter2", "UEswMTIz", "proxy-password"})
      EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace alpaca::broker::core

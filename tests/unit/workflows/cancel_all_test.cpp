#include "workflows/cancel_all.hpp"

#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using test::answered;
using test::failed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using namespace std::chrono_literals;

const std::string kOrders = "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders";
const std::string kTwoOpen = R"([{"id":"a","symbol":"A"},{"id":"b","symbol":"B"}])";

class CancelAll : public ::testing::Test {
 protected:
  Result<CancelAllReport> cancelAll(std::vector<http::Exchange> exchanges) {
    log.answer = test::script(std::move(exchanges));
    call::CallPipeline pipeline = test::makePipeline(log, options);
    return cancelAllOrders(pipeline, test::account(), call);
  }

  ClientOptions options;
  CallOptions call;
  test::FakeTransport::Log log;
};

TEST_F(CancelAll, TellsWhatBecameOfEachOrder) {
  const auto report = cancelAll({answered(207, R"([{"id":"a","status":200},
      {"id":"b","status":422,"body":{"code":42210000,"message":"order is already in \"filled\" state"}}])",
                                          "X-Request-ID: r1\r\n")});
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->allAccepted());
  EXPECT_FALSE(report->doubt);
  EXPECT_THAT(report->open, IsEmpty());
  ASSERT_THAT(report->entries, SizeIs(2));
  EXPECT_TRUE(report->entries[0].accepted());
  const Error& refusal = report->entries[1].error.value();
  EXPECT_EQ(refusal.kind, ErrorKind::NotCancelable);
  EXPECT_EQ(refusal.message,
            "The broker answered 422 (code 42210000): \"order is already in \"filled\" state\". The order is final, or "
            "a cancel or replacement of it is pending, so that it may still fill: read it before you act on it again.");
  EXPECT_EQ(report.call().requestId, "r1");
  EXPECT_EQ(report.call().attempts, 1);
  EXPECT_EQ(report.call().sends, 1);
  EXPECT_THAT(log.requests, ElementsAre("DELETE " + kOrders));
}

TEST_F(CancelAll, SaysWhenAllWereAccepted) {
  EXPECT_TRUE(cancelAll({answered(207, R"([{"id":"a","status":200},{"id":"b","status":204}])")})->allAccepted());
  EXPECT_TRUE(cancelAll({answered(207, "[]")})->allAccepted());
}

TEST_F(CancelAll, ShowsNoCredentialThatAnEntryEchoes) {
  const auto report = cancelAll({answered(207, R"([{"id":"a","status":403,"body":{"message":"no hunter2-hunter2"}},
      {"id":"b","status":403,"body":"key PK012345 UEswMTIzNDU6aHVudGVyMi1odW50ZXIy"}])")});
  ASSERT_TRUE(report);
  for (const auto& entry : report->entries) {
    for (const auto& text : {entry.error->message, entry.error->brokerMessage, entry.error->body}) {
      EXPECT_THAT(text, Not(HasSubstr("hunter2")));
      EXPECT_THAT(text, Not(HasSubstr("PK012345")));
      EXPECT_THAT(text, Not(HasSubstr("UEsw")));
    }
    EXPECT_THAT(entry.error->message, HasSubstr("[redacted]"));
  }
}

struct Doubt {
  const char* name;
  http::Exchange exchange;
  ErrorKind kind;
};

class CancelAllInDoubt : public CancelAll, public ::testing::WithParamInterface<Doubt> {};

TEST_P(CancelAllInDoubt, IsNotRepeatedButSaysWhatIsStillOpen) {
  const auto report = cancelAll({GetParam().exchange, answered(200, kTwoOpen), answered(200, kTwoOpen)});
  ASSERT_TRUE(report) << report.error().message;
  ASSERT_TRUE(report->doubt);
  EXPECT_EQ(report->doubt->kind, GetParam().kind);
  EXPECT_TRUE(report->doubt->maybeApplied);
  EXPECT_THAT(report->doubt->message, HasSubstr("list the open orders before you act again"));
  EXPECT_EQ(report->doubt->call.sends, 1);
  EXPECT_FALSE(report->allAccepted());
  EXPECT_THAT(report->entries, IsEmpty());
  ASSERT_THAT(report->open, SizeIs(2));
  EXPECT_EQ(report->open[1].id.str(), "b");
  EXPECT_EQ(report.call().attempts, 3);
  EXPECT_EQ(report.call().sends, 3);
  EXPECT_THAT(log.requests,
              ElementsAre("DELETE " + kOrders, "GET " + kOrders + "?status=open&limit=500&direction=desc&nested=false",
                          "GET " + kOrders + "?status=open&limit=500&direction=asc&nested=false"));
}

TEST_P(CancelAllInDoubt, IsTheErrorWhenTheListFails) {
  const auto report = cancelAll({GetParam().exchange, answered(403)});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, GetParam().kind);
  EXPECT_TRUE(report.error().maybeApplied);
  EXPECT_THAT(report.error().message, HasSubstr("list the open orders before you act again"));
  EXPECT_THAT(report.error().message, HasSubstr("An attempt to list them has failed."));
  EXPECT_EQ(report.error().call.attempts, 2);
  EXPECT_EQ(report.error().call.sends, 2);
  EXPECT_THAT(log.requests, SizeIs(2));
}

INSTANTIATE_TEST_SUITE_P(
    All, CancelAllInDoubt,
    ::testing::Values(Doubt{"Silence", failed(http::Failure::TimedOut, 1), ErrorKind::InDoubt},
                      Doubt{"Reset", failed(http::Failure::ConnectionLost, 1), ErrorKind::InDoubt},
                      Doubt{"ResendPrevented", failed(http::Failure::ResendPrevented, 1), ErrorKind::InDoubt},
                      Doubt{"ServerError", answered(500), ErrorKind::ServerError},
                      Doubt{"BadGateway", answered(502, "<html></html>"), ErrorKind::ServerError},
                      Doubt{"NoContent", answered(204), ErrorKind::UnexpectedResponse},
                      Doubt{"Redirect", answered(302), ErrorKind::UnexpectedResponse},
                      Doubt{"Unreadable", answered(207, R"([{"id":"a","status":200},)"), ErrorKind::UnexpectedResponse},
                      Doubt{"EntryWithoutId", answered(207, R"([{"id":"a","status":200},{"status":200}])"),
                            ErrorKind::UnexpectedResponse}),
    test::kByName);

struct Refusal {
  const char* name;
  http::Exchange exchange;
  ErrorKind kind;
};

class CancelAllRefused : public CancelAll, public ::testing::WithParamInterface<Refusal> {};

TEST_P(CancelAllRefused, IsAnErrorAndNothingElseIsAsked) {
  options.retry.maxAttempts = 1;
  const auto report = cancelAll({GetParam().exchange});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, GetParam().kind);
  EXPECT_FALSE(report.error().maybeApplied);
  EXPECT_THAT(log.requests, SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(All, CancelAllRefused,
                         ::testing::Values(Refusal{"BadRequest", answered(400), ErrorKind::BadRequest},
                                           Refusal{"Unauthorized", answered(401), ErrorKind::Unauthorized},
                                           Refusal{"Forbidden", answered(403), ErrorKind::Forbidden},
                                           Refusal{"NotFound", answered(404), ErrorKind::NotFound},
                                           Refusal{"RateLimited", answered(429), ErrorKind::RateLimited},
                                           Refusal{"NotSent", failed(http::Failure::ConnectFailed, 0),
                                                   ErrorKind::NotSent},
                                           Refusal{"Aborted", failed(http::Failure::Aborted, 0), ErrorKind::Aborted}),
                         test::kByName);

TEST_F(CancelAll, IsRepeatedWhenItWasCertainlyNotActedUpon) {
  const auto report = cancelAll(
      {failed(http::Failure::ConnectFailed, 0), answered(429), answered(207, R"([{"id":"a","status":200}])")});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->allAccepted());
  EXPECT_EQ(report.call().attempts, 3);
  EXPECT_EQ(report.call().sends, 2);
}

TEST_F(CancelAll, ListsWithinWhatIsLeftOfTheDeadline) {
  const auto start = log.now;
  call.deadline = 8s;
  log.timePerAttempt = 5s;
  const auto report = cancelAll({failed(http::Failure::TimedOut, 1), answered(200, "[]")});
  ASSERT_TRUE(report);
  ASSERT_THAT(log.limits, SizeIs(2));
  EXPECT_EQ(log.limits[1].waitUntil, start + 8s);
  EXPECT_EQ(report.call().elapsed, 10s);
}

TEST_F(CancelAll, IsNotSentWithAnUnusableOption) {
  call.deadline = 0ms;
  const auto report = cancelAll({});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(report.error().message, StartsWith("CallOptions::deadline"));
  EXPECT_THAT(report.error().message, HasSubstr("Nothing was sent."));
  EXPECT_THAT(log.requests, IsEmpty());
}

}  // namespace
}  // namespace alpaca::broker::workflows

#include "call/pipeline.hpp"

#include "base/ascii.hpp"
#include "endpoints/cancel_all.hpp"
#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"

#include "support/fake_transport.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <string>
#include <vector>

namespace alpaca::broker::call {
namespace {

using std::chrono::milliseconds;
using test::answered;
using test::failed;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

const auto kAccount = AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
const auto kOrder = OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest() { options.retry.maxAttempts = 1; }

  Result<CancelAccepted> cancel(std::vector<http::Exchange> exchanges, const CallOptions& call = {}) {
    log.answer = test::script(std::move(exchanges));
    log.requests.clear();
    log.limits.clear();
    log.pauses.clear();
    log.now = {};
    CallPipeline pipeline = test::makePipeline(log, options);
    return pipeline.call(endpoints::cancel_order::operation(kAccount, kOrder), call);
  }

  Result<CancelAccepted> cancel(http::Exchange exchange, const CallOptions& call = {}) {
    return cancel(std::vector<http::Exchange>{std::move(exchange)}, call);
  }

  ClientOptions options;
  test::FakeTransport::Log log;
};

struct Row {
  const char* name;
  http::Failure failure;
  int sends;
  ErrorKind kind;
};

class NoAnswer : public PipelineTest, public ::testing::WithParamInterface<Row> {};

// The number of sends alone decides, whatever libcurl calls the failure.
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
                      Row{"Certificate", http::Failure::TlsNotAcceptable, 0, ErrorKind::NotSent},
                      Row{"TimeoutBeforeSending", http::Failure::TimedOut, 0, ErrorKind::NotSent},
                      Row{"Silence", http::Failure::TimedOut, 1, ErrorKind::InDoubt},
                      Row{"Reset", http::Failure::ConnectionLost, 1, ErrorKind::InDoubt},
                      Row{"ResendPrevented", http::Failure::ResendPrevented, 1, ErrorKind::InDoubt},
                      Row{"NotHttp", http::Failure::UnreadableAnswer, 1, ErrorKind::InDoubt},
                      Row{"Setup", http::Failure::SetupFailed, 0, ErrorKind::NotSent},
                      Row{"StopBeforeSending", http::Failure::Aborted, 0, ErrorKind::Aborted},
                      Row{"StopAfterSending", http::Failure::Aborted, 1, ErrorKind::InDoubt}),
    test::kByName);

TEST_F(PipelineTest, GivesTheAttemptTheTimeThatIsLeftAndNoMore) {
  options.deadline = 8s;
  options.attemptTimeout = 3s;
  options.connectTimeout = 1s;
  const auto start = log.now;
  static_cast<void>(cancel(answered(204)));
  EXPECT_EQ(log.limits.front().deadline, start + 3s);
  EXPECT_EQ(log.limits.front().connectTimeout, 1s);

  CallOptions shorter;
  shorter.deadline = 2s;
  static_cast<void>(cancel(answered(204), shorter));
  EXPECT_EQ(log.limits.front().deadline, start + 2s);
}

TEST_F(PipelineTest, SendsNothingWithAnUnusableDeadline) {
  CallOptions unusable;
  unusable.deadline = 0ms;
  const auto result = cancel(answered(204), unusable);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(result.error().message, HasSubstr("CallOptions::deadline is 0 ms"));
  EXPECT_EQ(result.error().call.attempts, 0);
  EXPECT_EQ(result.error().call.sends, 0);
  EXPECT_TRUE(log.requests.empty());
}

TEST_F(PipelineTest, ShowsNoCredentialThatAServerEchoes) {
  const std::string echo = "PK012345 hunter2-hunter2 UEswMTIzNDU6aHVudGVyMi1odW50ZXIy";
  const auto refused = cancel(answered(400, R"({"message":")" + echo + R"("})", "X-Request-ID: " + echo + "\r\n"));
  const auto accepted = cancel(answered(204, "", "X-Request-ID: " + echo + "\r\n"));
  const auto lost = cancel(failed(http::Failure::ConnectFailed, 0, echo + " proxy-password"));
  for (const std::string& text : {refused.error().message, refused.error().body, refused.error().brokerMessage,
                                  refused.error().call.requestId, accepted.call().requestId, lost.error().message}) {
    EXPECT_THAT(text, HasSubstr("[redacted]"));
    for (const char* secret : {"PK012345", "hunter2", "UEswMTIz", "proxy-password"})
      EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
}

// The message quotes 200 characters of the broker's text. A credential across that limit must not leave a piece behind.
TEST_F(PipelineTest, LeavesNoPieceOfACredentialWhereItCutsAQuotation) {
  const auto result = cancel(answered(400, R"({"message":")" + std::string(190, 'x') + R"( hunter2-hunter2"})"));
  EXPECT_THAT(result.error().message, Not(HasSubstr("hunt")));
}

// --- several attempts -----------------------------------------------------------------------------------------------

struct Sequence {
  const char* name;
  std::vector<http::Exchange> script;
  std::optional<ErrorKind> kind;  // none: accepted
  bool maybeApplied;
  int attempts;
  int sends;
};

class CallOf : public PipelineTest, public ::testing::WithParamInterface<Sequence> {};

// Doubt is sticky: a later refusal or failure does not undo what an earlier attempt may have done. A 204 clears it.
TEST_P(CallOf, EndsTruthfully) {
  const Sequence& sequence = GetParam();
  options.retry.maxAttempts = 3;
  const auto result = cancel(sequence.script);
  ASSERT_EQ(static_cast<bool>(result), !sequence.kind);
  const CallInfo& call = result ? result.call() : result.error().call;
  EXPECT_EQ(call.attempts, sequence.attempts);
  EXPECT_EQ(call.sends, sequence.sends);
  if (result) return;
  EXPECT_EQ(result.error().kind, *sequence.kind) << result.error().message;
  EXPECT_EQ(result.error().maybeApplied, sequence.maybeApplied);
  EXPECT_EQ(result.error().message.rfind("The request was not sent", 0) == 0, call.sends == 0)
      << result.error().message;
  EXPECT_EQ(result.error().message.find("read the order before you act") != std::string::npos ||
                result.error().message.find("read it before you act") != std::string::npos,
            sequence.maybeApplied || sequence.kind == ErrorKind::NotCancelable);
}

const auto kSilence = failed(http::Failure::TimedOut, 1);
const auto kRefusedConnection = failed(http::Failure::ConnectFailed, 0);

INSTANTIATE_TEST_SUITE_P(
    Sequences, CallOf,
    ::testing::Values(
        Sequence{"502ThenAccepted", {answered(502), answered(204)}, std::nullopt, false, 2, 2},
        Sequence{"SilenceThenAccepted", {kSilence, answered(204)}, std::nullopt, false, 2, 2},
        Sequence{"RefusedThenAccepted", {kRefusedConnection, answered(204)}, std::nullopt, false, 2, 1},
        Sequence{"429ThenAccepted", {answered(429), answered(204)}, std::nullopt, false, 2, 2},
        Sequence{"502Then422", {answered(502), answered(422)}, ErrorKind::NotCancelable, true, 2, 2},
        Sequence{"SilenceThen422", {kSilence, answered(422)}, ErrorKind::NotCancelable, true, 2, 2},
        Sequence{"SilenceThen404", {kSilence, answered(404)}, ErrorKind::NotFound, true, 2, 2},
        Sequence{"408Then422", {answered(408), answered(422)}, ErrorKind::NotCancelable, false, 2, 2},
        Sequence{"429Then404", {answered(429), answered(404)}, ErrorKind::NotFound, false, 2, 2},
        Sequence{"425Then401", {answered(425), answered(401)}, ErrorKind::Unauthorized, false, 2, 2},
        Sequence{"RefusedThen422", {kRefusedConnection, answered(422)}, ErrorKind::NotCancelable, false, 2, 1},
        Sequence{
            "SilenceThenRefused", {kSilence, kRefusedConnection, kRefusedConnection}, ErrorKind::InDoubt, true, 3, 1},
        Sequence{
            "502ThenRefused", {answered(502), kRefusedConnection, kRefusedConnection}, ErrorKind::InDoubt, true, 3, 1},
        Sequence{"429ThenRefused",
                 {answered(429), kRefusedConnection, kRefusedConnection},
                 ErrorKind::RateLimited,
                 false,
                 3,
                 1},
        Sequence{"408ThenRefused",
                 {answered(408), kRefusedConnection, kRefusedConnection},
                 ErrorKind::ServerError,
                 false,
                 3,
                 1},
        Sequence{"RefusedThrice",
                 {kRefusedConnection, kRefusedConnection, kRefusedConnection},
                 ErrorKind::NotSent,
                 false,
                 3,
                 0},
        Sequence{"SilenceThrice", {kSilence, kSilence, kSilence}, ErrorKind::InDoubt, true, 3, 3},
        Sequence{"502Thrice", {answered(502), answered(502), answered(502)}, ErrorKind::ServerError, true, 3, 3},
        Sequence{"408Thrice", {answered(408), answered(408), answered(408)}, ErrorKind::ServerError, false, 3, 3},
        Sequence{"502Then408", {answered(502), answered(408), answered(408)}, ErrorKind::ServerError, true, 3, 3},
        Sequence{"429Thrice", {answered(429), answered(429), answered(429)}, ErrorKind::RateLimited, false, 3, 3},
        Sequence{"SilenceThen429", {kSilence, answered(429), answered(429)}, ErrorKind::RateLimited, true, 3, 3},
        Sequence{"Certificate", {failed(http::Failure::TlsNotAcceptable, 0)}, ErrorKind::NotSent, false, 1, 0},
        Sequence{"207IsNotRepeated", {answered(207)}, ErrorKind::UnexpectedResponse, true, 1, 1},
        Sequence{"501IsNotRepeated", {answered(501)}, ErrorKind::ServerError, true, 1, 1}),
    test::kByName);

// A read leaves no doubt about the order, but "not sent" and "aborted" claim that nothing reached the broker.
TEST_F(PipelineTest, AReadThatWasSentOnceIsNotCalledUnsent) {
  options.retry.maxAttempts = 2;
  const auto read = [&](std::vector<http::Exchange> exchanges) {
    log.answer = test::script(std::move(exchanges));
    CallPipeline pipeline = test::makePipeline(log, options);
    return pipeline.call(endpoints::get_order::operation(kAccount, kOrder), CallOptions{}).error();
  };
  const Error refused = read({kSilence, kRefusedConnection});
  EXPECT_EQ(refused.kind, ErrorKind::InDoubt) << refused.message;
  EXPECT_EQ(refused.call.sends, 1);
  EXPECT_FALSE(refused.maybeApplied);
  log.stopInPause = true;
  const Error stopped = read({kSilence});
  EXPECT_EQ(stopped.kind, ErrorKind::InDoubt) << stopped.message;
  EXPECT_EQ(stopped.call.sends, 1);
  EXPECT_FALSE(stopped.maybeApplied);
  log.stopInPause = false;
  EXPECT_EQ(read({kRefusedConnection, kRefusedConnection}).kind, ErrorKind::NotSent);
}

TEST_F(PipelineTest, SaysHowManyAttemptsThereWere) {
  options.retry.maxAttempts = 2;
  const auto result = cancel({kSilence, kRefusedConnection});
  EXPECT_THAT(result.error().message, HasSubstr("That was after 2 attempts, of which 1 was sent."));
  EXPECT_THAT(cancel({kSilence, kSilence}).error().message,
              HasSubstr("That was after 2 attempts, of which 2 were sent."));
  EXPECT_THAT(cancel({kRefusedConnection, kRefusedConnection}).error().message,
              HasSubstr(". None of the 2 attempts was sent."));
}

TEST_F(PipelineTest, TakesTheAttemptsOfTheCallOverThoseOfTheClient) {
  options.retry.maxAttempts = 3;
  CallOptions once;
  once.maxAttempts = 1;
  EXPECT_EQ(cancel({answered(502)}, once).error().call.attempts, 1);
}

TEST_F(PipelineTest, WaitsBetweenAttemptsAndCutsTheLastOnesTime) {
  options.retry.maxAttempts = 3;
  options.deadline = 6s;
  options.attemptTimeout = 5s;
  log.timePerAttempt = 2s;
  static_cast<void>(cancel({answered(502), answered(502), answered(204)}));
  const CallPipeline::Clock::time_point start{};
  EXPECT_EQ(log.pauses, (std::vector<milliseconds>{50ms, 100ms}));
  EXPECT_EQ(log.limits[0].deadline, start + 4s);
  EXPECT_EQ(log.limits[0].waitUntil, start + 6s) << "a wait for a connection costs the attempt nothing";
  EXPECT_EQ(log.limits[2].deadline, start + 6s);
  EXPECT_EQ(log.limits[2].waitUntil, start + 6s);
}

// A cut would only turn a late answer into doubt.
TEST_F(PipelineTest, CutsNoAttemptThatNoneCanFollow) {
  options.deadline = 600ms;
  const CallPipeline::Clock::time_point end = CallPipeline::Clock::time_point{} + 600ms;
  options.retry.maxAttempts = 1;
  static_cast<void>(cancel(answered(204)));
  EXPECT_EQ(log.limits.front().deadline, end);
  options.retry.maxAttempts = 3;
  options.retry.budget = 0;
  static_cast<void>(cancel(answered(204)));
  EXPECT_EQ(log.limits.front().deadline, end);
  options.retry.budget = 1;
  static_cast<void>(cancel(answered(204)));
  EXPECT_EQ(log.limits.front().deadline, end - 200ms);
  log.answer = test::script({answered(207, "[]")});
  log.limits.clear();
  log.now = {};
  CallPipeline pipeline = test::makePipeline(log, options);
  ASSERT_TRUE(pipeline.call(endpoints::cancel_all::operation(kAccount), {}));
  EXPECT_EQ(log.limits.front().deadline, end) << "it is not repeated after silence";
}

TEST_F(PipelineTest, StartsNoAttemptThatCannotFinish) {
  options.retry.maxAttempts = 3;
  options.deadline = 1s;
  log.timePerAttempt = 1s;
  const auto result = cancel({answered(502)});
  EXPECT_EQ(result.error().kind, ErrorKind::ServerError);
  EXPECT_EQ(result.error().call.attempts, 1);
  EXPECT_EQ(result.error().call.elapsed, 1s);
}

TEST_F(PipelineTest, WaitsForRetryAfterIfItFitsAndReturnsAtOnceIfNot) {
  options.retry.maxAttempts = 2;
  options.deadline = 10s;
  EXPECT_TRUE(cancel({answered(429, "", "Retry-After: 3\r\n"), answered(204)}));
  EXPECT_EQ(log.pauses.front(), 3050ms);

  const auto late = cancel({answered(429, "", "Retry-After: 30\r\n")});
  EXPECT_EQ(late.error().kind, ErrorKind::RateLimited);
  EXPECT_EQ(late.error().retryAfter, 30s);
  EXPECT_TRUE(log.pauses.empty());
}

TEST_F(PipelineTest, StoppedWhileBackingOffIsAbortedOrInDoubt) {
  options.retry.maxAttempts = 3;
  log.stopInPause = true;
  EXPECT_EQ(cancel({kRefusedConnection}).error().kind, ErrorKind::Aborted);
  const auto doubtful = cancel({kSilence});
  EXPECT_EQ(doubtful.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(doubtful.error().maybeApplied);
  EXPECT_EQ(doubtful.error().call.sends, 1);
  EXPECT_EQ(cancel({answered(429)}).error().kind, ErrorKind::RateLimited);  // "aborted" claims that nothing was sent
}

TEST_F(PipelineTest, EndsRetriesWhenTheBudgetOfTheClientIsSpent) {
  options.retry.maxAttempts = 3;
  options.retry.budget = 3;
  log.answer = test::script({answered(502), answered(502), answered(502), answered(502), answered(502), answered(502)});
  CallPipeline pipeline = test::makePipeline(log, options);
  const auto attempts = [&] {
    return pipeline.call(endpoints::cancel_order::operation(kAccount, kOrder), {}).error().call.attempts;
  };
  EXPECT_EQ(attempts(), 3);
  EXPECT_EQ(attempts(), 2);
  EXPECT_EQ(attempts(), 1);
}

// --- the observer ---------------------------------------------------------------------------------------------------

TEST_F(PipelineTest, TellsTheObserverAboutEachAttempt) {
  struct Seen {
    int resends;
    std::optional<int> status;
    std::string errorType, requestId, decision, method, path, host, urlTemplate;
    int sends, port;
    bool maybeApplied, willRetry;
    milliseconds delay;
    std::chrono::nanoseconds duration;
  };
  std::vector<Seen> seen;
  options.retry.maxAttempts = 3;
  options.observer = [&](const AttemptEvent& event) {
    seen.push_back({event.httpRequestResendCount, event.httpResponseStatusCode, std::string(event.errorType),
                    std::string(event.requestId), std::string(event.decision), std::string(event.httpRequestMethod),
                    std::string(event.urlPath), std::string(event.serverAddress), std::string(event.urlTemplate),
                    event.sends, event.serverPort, event.maybeApplied, event.willRetry, event.retryDelay,
                    event.duration});
  };
  log.timePerAttempt = 5ms;
  ASSERT_TRUE(cancel({kSilence, answered(502, "", "X-Request-ID: r2\r\n"), answered(204, "", "X-Request-ID: r3\r\n")}));
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0].resends, 0);
  EXPECT_EQ(seen[0].status, std::nullopt);
  EXPECT_EQ(seen[0].errorType, "timeout");
  EXPECT_EQ(seen[0].sends, 1);
  EXPECT_TRUE(seen[0].maybeApplied);
  EXPECT_TRUE(seen[0].willRetry);
  EXPECT_EQ(seen[0].delay, 50ms);
  EXPECT_EQ(seen[0].decision, "back-off");
  EXPECT_EQ(seen[0].duration, 5ms);
  EXPECT_EQ(seen[1].errorType, "502");
  EXPECT_EQ(seen[1].requestId, "r2");
  EXPECT_EQ(seen[2].resends, 2);
  EXPECT_EQ(seen[2].status, 204);
  EXPECT_EQ(seen[2].errorType, "");
  EXPECT_FALSE(seen[2].maybeApplied);
  EXPECT_FALSE(seen[2].willRetry);
  EXPECT_EQ(seen[2].decision, "final");
  EXPECT_EQ(seen[2].method, "DELETE");
  EXPECT_EQ("DELETE " + seen[2].path, log.requests.front());
  EXPECT_EQ(seen[2].urlTemplate, "/v1/trading/accounts/{account_id}/orders/{order_id}");
  EXPECT_EQ(seen[2].host, "broker.example");
  EXPECT_EQ(seen[2].port, 8443);
}

TEST_F(PipelineTest, TellsTheObserverWhenAnAttemptBeganAndHowLongItWaited) {
  std::vector<UtcTime> starts;
  std::vector<std::chrono::nanoseconds> waits;
  options.observer = [&](const AttemptEvent& event) {
    starts.push_back(event.startTime);
    waits.push_back(event.connectionWait);
  };
  http::Exchange waited = answered(204);
  waited.connectionWait = 7ms;
  const auto before = std::chrono::system_clock::now();
  ASSERT_TRUE(cancel(waited));
  EXPECT_GE(starts.at(0), before);
  EXPECT_LE(starts.at(0), std::chrono::system_clock::now());
  EXPECT_EQ(waits.at(0), 7ms);
}

// Of the answer to this attempt, not of an earlier one.
TEST_F(PipelineTest, TellsTheObserverTheRateLimitOfEachAnswer) {
  std::vector<std::optional<RateLimit>> limits;
  options.retry.maxAttempts = 2;
  options.observer = [&](const AttemptEvent& event) { limits.push_back(event.rateLimit); };
  const std::string headers =
      "X-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 17\r\nX-RateLimit-Reset: 4102444800\r\n";
  static_cast<void>(cancel({answered(502, "", headers), kSilence}));
  ASSERT_EQ(limits.size(), 2U);
  ASSERT_TRUE(limits[0]);
  EXPECT_EQ(limits[0]->remaining, 17);
  EXPECT_FALSE(limits[1]);
}

TEST_F(PipelineTest, ShowsNoCredentialThatAServerEchoesInAnOrder) {
  const std::string body = R"({"id":")" + kOrder.str() + R"(","symbol":"PK012345","side":"hunter2%2Dhunter2"})";
  test::FakeTransport::Log answers;
  answers.answer = [&](const auto&) { return answered(200, body); };
  CallPipeline pipeline = test::makePipeline(answers, options);
  const auto order = pipeline.call(endpoints::get_order::operation(kAccount, kOrder), CallOptions{});
  ASSERT_TRUE(order);
  EXPECT_EQ(order->symbol, "[redacted]");
  EXPECT_EQ(order->side, "[redacted]");
}

// The text is cut after redaction. A secret that was cut first would no longer be recognised.
TEST_F(PipelineTest, CutsARequestIdOnlyOnceItIsClean) {
  const std::string id = std::string(250, 'x') + "hunter2-hunter2" + std::string(100, 'y');
  const auto accepted = cancel(answered(204, "", "X-Request-ID: " + id + "\r\n"));
  EXPECT_EQ(accepted.call().requestId, std::string(250, 'x') + "[redac... (cut)");
}

TEST_F(PipelineTest, PutsNoControlCharacterIntoAText) {
  std::string event;
  options.observer = [&](const AttemptEvent& attempt) { event.append(attempt.requestId).append(attempt.errorType); };
  const std::string controls = "\x1b[2J\x7f\x9b\r\x01 caf\xC3\xA9";
  const auto refused = cancel(answered(400, R"({"message":"\u001b[2J\u007f\u009b\n"})", "X-Request-ID: " + controls));
  const auto lost = cancel(failed(http::Failure::ConnectFailed, 0, controls));
  for (const std::string& text :
       {refused.error().message, refused.error().call.requestId, lost.error().message, event}) {
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), base::isPrintable)) << text;
    EXPECT_THAT(text, HasSubstr("?"));
  }
}

TEST_F(PipelineTest, SurvivesAnObserverThatThrows) {
  options.retry.maxAttempts = 2;
  options.observer = [](const AttemptEvent&) { throw std::runtime_error("observer"); };
  EXPECT_TRUE(cancel({answered(502), answered(204)}));
}

TEST_F(PipelineTest, ShowsTheObserverNoCredential) {
  std::string all;
  options.observer = [&](const AttemptEvent& event) {
    for (const auto text : {event.requestId, event.errorType, event.urlPath, event.serverAddress}) all.append(text);
  };
  static_cast<void>(cancel(answered(500, "hunter2-hunter2", "X-Request-ID: hunter2-hunter2\r\n")));
  EXPECT_THAT(all, HasSubstr("[redacted]"));
  EXPECT_THAT(all, Not(HasSubstr("hunter2")));
}

TEST_F(PipelineTest, PassesItsEndOnToTheTransport) {
  CallPipeline pipeline = test::makePipeline(log, options);
  pipeline.close();
  EXPECT_TRUE(log.closed);
}

// A read changes nothing, so nothing may have been applied.
TEST_F(PipelineTest, AReadLeavesNoDoubt) {
  for (const auto& end : {answered(502), answered(207), answered(200, "<html>"), failed(http::Failure::TimedOut, 1)}) {
    log.answer = test::script({end});
    CallPipeline pipeline = test::makePipeline(log, options);
    const auto read = pipeline.call(endpoints::get_order::operation(kAccount, kOrder), CallOptions{});
    ASSERT_FALSE(read);
    EXPECT_FALSE(read.error().maybeApplied);
    EXPECT_THAT(read.error().message, Not(HasSubstr("read the order before you act")));
  }
}

TEST_F(PipelineTest, AReadLeavesNoDoubtWhateverTheStatus) {
  for (int status = 200; status < 1000; ++status) {
    log.answer = [&](const http::HttpRequest&) { return answered(status); };
    CallPipeline pipeline = test::makePipeline(log, options);
    const auto result = pipeline.call(endpoints::get_order::operation(kAccount, kOrder), CallOptions{});
    ASSERT_FALSE(result) << status;
    EXPECT_FALSE(result.error().maybeApplied) << status;
  }
}

TEST_F(PipelineTest, ReadsAgainWhatWasCutOff) {
  options.retry.maxAttempts = 2;
  const std::string order = R"({"id":")" + kOrder.str() + R"(","symbol":"AAPL"})";
  http::Exchange cutOff = answered(200, order.substr(0, 30));
  cutOff.response->complete = false;
  log.answer = test::script({cutOff, answered(200, order)});
  CallPipeline pipeline = test::makePipeline(log, options);
  EXPECT_TRUE(pipeline.call(endpoints::get_order::operation(kAccount, kOrder), CallOptions{}));
  EXPECT_EQ(log.requests.size(), 2U);
}

// The answer may have been an acceptance: nobody knows.
TEST_F(PipelineTest, AnAnswerThatCouldNotBeReadInTimeIsNoAnswer) {
  options.deadline = 5s;
  log.timePerAttempt = 5s;
  log.answer = [](const http::HttpRequest&) { return answered(200, "[["); };
  CallPipeline pipeline = test::makePipeline(log, options);
  const auto read = pipeline.call(endpoints::get_order::operation(kAccount, kOrder), {});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::InDoubt);
  EXPECT_FALSE(read.error().maybeApplied);
  EXPECT_THAT(read.error().message, HasSubstr("it timed out"));

  log.answer = [](const http::HttpRequest&) { return answered(207, "[["); };
  const auto canceled = pipeline.call(endpoints::cancel_all::operation(kAccount), {});
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(canceled.error().maybeApplied);
  EXPECT_EQ(canceled.error().call.sends, 1);
}

TEST_F(PipelineTest, ARefusalThatComesLateIsStillOne) {
  options.deadline = 5s;
  log.timePerAttempt = 5s;
  EXPECT_EQ(cancel(answered(404)).error().kind, ErrorKind::NotFound);
}

std::function<http::Exchange(const http::HttpRequest&)> runsOutOfMemoryAfter(std::vector<http::Exchange> exchanges) {
  return [exchanges = std::move(exchanges), next = std::size_t{0}](const http::HttpRequest&) mutable {
    if (next == exchanges.size()) throw std::bad_alloc();
    return exchanges[next++];
  };
}

TEST_F(PipelineTest, RunsOutOfMemoryBeforeAnythingWasSent) {
  options.retry.maxAttempts = 3;
  for (const auto& before : std::vector<std::vector<http::Exchange>>{{}, {failed(http::Failure::ConnectFailed, 0)}}) {
    log.answer = runsOutOfMemoryAfter(before);
    CallPipeline pipeline = test::makePipeline(log, options);
    EXPECT_THROW(static_cast<void>(pipeline.call(endpoints::cancel_order::operation(kAccount, kOrder), {})),
                 std::bad_alloc);
  }
}

struct SentRow {
  const char* name;
  http::Exchange sent;
  ErrorKind kind;
  bool maybeApplied;
};

class OutOfMemoryAfterSending : public PipelineTest, public ::testing::WithParamInterface<SentRow> {};

TEST_P(OutOfMemoryAfterSending, TellsWhatWasSent) {
  options.retry.maxAttempts = 3;
  log.answer = runsOutOfMemoryAfter({GetParam().sent});
  CallPipeline pipeline = test::makePipeline(log, options);
  const auto result = pipeline.call(endpoints::cancel_order::operation(kAccount, kOrder), {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, GetParam().kind);
  EXPECT_EQ(result.error().maybeApplied, GetParam().maybeApplied);
  EXPECT_EQ(result.error().call.sends, 1);
}

INSTANTIATE_TEST_SUITE_P(All, OutOfMemoryAfterSending,
                         ::testing::Values(SentRow{"Silence", failed(http::Failure::TimedOut, 1), ErrorKind::InDoubt,
                                                   true},
                                           SentRow{"BadGateway", answered(502), ErrorKind::InDoubt, true},
                                           SentRow{"TooMany", answered(429), ErrorKind::RateLimited, false}),
                         test::kByName);

}  // namespace
}  // namespace alpaca::broker::call

// Faults on an open connection. Each row says what the server does and how the calls must end. scenario.hpp compares
// each result with the server's own record.
#include "faults/patience.hpp"
#include "faults/scenario.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::test {
namespace {

using namespace std::chrono_literals;

class Exchange : public ::testing::TestWithParam<Scenario> {};

TEST_P(Exchange, IsToldTruthfully) { run(GetParam()); }

const std::string kNoContent = "HTTP/1.1 204 No Content\r\n";
const std::string kChunked = "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n";

// One attempt, one call: the request arrives, and then one thing happens.
INSTANTIATE_TEST_SUITE_P(
    Answer, Exchange,
    ::testing::Values(
        Scenario{"Silence", {{reads(), stalls()}}, {inDoubt()}}, Scenario{"Reset", {{reads(), resets()}}, {inDoubt()}},
        Scenario{"Close", {{reads(), closes()}}, {inDoubt()}},
        Scenario{"HalfAStatusLineThenClose", {{reads(), sends("HTTP/1.1 20")}}, {inDoubt()}},
        Scenario{"HalfAStatusLineThenSilence", {{reads(), sends("HTTP/1.1 204 No Con"), stalls()}}, {inDoubt()}},
        Scenario{"HalfAStatusLineThenReset", {{reads(), sends("HTTP/1.1 2"), resets()}}, {inDoubt()}},
        Scenario{"StatusLineWithoutItsLineEnd", {{reads(), sends("HTTP/1.1 204 No Content")}}, {inDoubt()}},
        Scenario{"204ThenReset", {{accepts(kAccepted), resets()}}, {accepted()}},
        Scenario{"204ThenClose", {{accepts(kAccepted), closes()}}, {accepted()}},
        Scenario{"204StatusLineOnlyThenClose", {{accepts(kNoContent)}}, {accepted()}},
        Scenario{"204StatusLineOnlyThenSilence", {{accepts(kNoContent), stalls()}}, {accepted()}},
        Scenario{"204CutInAHeader", {{accepts(kNoContent + "X-Request-ID: ab")}}, {accepted()}},
        Scenario{"204WithABrokenHeader", {{accepts(kNoContent + "no colon\r\n\r\n")}}, {accepted()}},
        Scenario{"204WithABody", {{accepts(kNoContent + "Content-Length: 5\r\n\r\nhello")}}, {accepted()}},
        Scenario{"204WithAChunkedBody",
                 {{accepts(kNoContent + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")}},
                 {accepted()}},
        Scenario{"204WithANegativeLength", {{accepts(kNoContent + "Content-Length: -1\r\n\r\n")}}, {accepted()}},
        Scenario{"204WithAHugeLength",
                 {{accepts(kNoContent + "Content-Length: 99999999999999999999\r\n\r\n")}},
                 {accepted()}},
        Scenario{"204WithTwoLengths",
                 {{accepts(kNoContent + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n")}},
                 {accepted()}},
        Scenario{"204OverHttp10", {{accepts("HTTP/1.0 204 No Content\r\n\r\n")}}, {accepted()}},
        Scenario{"204WithBareLineFeeds", {{accepts("HTTP/1.1 204 No Content\nX: y\n\n")}}, {accepted()}},
        Scenario{"204Dripping",
                 {{reads(), [](Peer& peer) { peer.judge(Verdict::Accepted); }, drips(kAccepted, 1ms)}},
                 {accepted()}},
        Scenario{"204DrippingTooSlowly", {{reads(), drips("HTTP/1.1 204 No Content\r\n", 60ms)}}, {inDoubt()}},
        Scenario{"ContinueThen204", {{accepts("HTTP/1.1 100 Continue\r\n\r\n" + kAccepted)}}, {accepted()}},
        Scenario{"ThreeInterimThen204",
                 {{accepts("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early "
                           "Hints\r\nLink: x\r\n\r\n" +
                           kAccepted)}},
                 {accepted()}},
        Scenario{"ContinueOnlyThenClose", {{reads(), sends("HTTP/1.1 100 Continue\r\n\r\n")}}, {inDoubt()}},
        Scenario{"ContinueOnlyThenSilence", {{reads(), sends("HTTP/1.1 100 Continue\r\n\r\n"), stalls()}}, {inDoubt()}},
        Scenario{"SwitchingProtocols",
                 {{reads(), sends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"), stalls()}},
                 {inDoubt()}},
        Scenario{"FloodOfInterim", {{reads(), floods("HTTP/1.1 100 Continue\r\n\r\n", 50'000), stalls()}}, {inDoubt()}},
        Scenario{"FloodOfHeaders",
                 {{reads(), sends("HTTP/1.1 503 Busy\r\n"),
                   floods("X-Padding: " + std::string(1000, 'x') + "\r\n", 10'000), stalls()}},
                 {doubtful(ErrorKind::ServerError)}},
        Scenario{
            "OneEndlessHeader",
            {{reads(), sends("HTTP/1.1 503 Busy\r\nX-Padding: "), floods(std::string(1000, 'x'), 10'000), stalls()}},
            {doubtful(ErrorKind::ServerError)}},
        Scenario{"FloodOfBody",
                 {{reads(), sends("HTTP/1.1 500 Oops\r\n\r\n"), floods(std::string(10'000, 'x'), 1'000)}},
                 {doubtful(ErrorKind::ServerError)}},
        Scenario{"Garbage", {{reads(), sends("\x16\x03\x01\x02 what is this?\r\n\r\n")}}, {inDoubt()}},
        Scenario{"BinaryFlood", {{reads(), floods(std::string(4096, '\0'), 100)}}, {inDoubt()}},
        Scenario{"OtherProtocol", {{reads(), sends("SSH-2.0-OpenSSH_9.2\r\n")}}, {inDoubt()}},
        Scenario{"EmptyLinesOnly", {{reads(), sends("\r\n\r\n\r\n")}}, {inDoubt()}},
        Scenario{"StatusOfTwoDigits", {{reads(), sends("HTTP/1.1 20 OK\r\n\r\n")}}, {inDoubt()}},
        Scenario{"StatusOfLetters", {{reads(), sends("HTTP/1.1 abc OK\r\n\r\n")}}, {inDoubt()}},
        Scenario{"BodyCutByClose",
                 {{reads(), sends("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100\r\n\r\n<html>")}},
                 {doubtful(ErrorKind::ServerError)}},
        Scenario{"BodyCutByReset",
                 {{reads(), sends("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100\r\n\r\n<html>"), resets()}},
                 {doubtful(ErrorKind::ServerError)}},
        Scenario{"BodyStalled",
                 {{reads(), sends("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100\r\n\r\n<html>"), stalls()}},
                 {doubtful(ErrorKind::ServerError)}},
        Scenario{"BadChunkSize", {{reads(), sends(kChunked + "zz\r\nhello\r\n")}}, {doubtful(ErrorKind::ServerError)}},
        Scenario{"ChunkCut", {{reads(), sends(kChunked + "ff\r\nhello")}}, {doubtful(ErrorKind::ServerError)}},
        Scenario{"NegativeLength",
                 {{reads(), sends("HTTP/1.1 500 Oops\r\nContent-Length: -5\r\n\r\nhello")}},
                 {doubtful(ErrorKind::ServerError)}},
        Scenario{"LengthOfWords",
                 {{reads(), sends("HTTP/1.1 500 Oops\r\nContent-Length: many\r\n\r\nhello")}},
                 {doubtful(ErrorKind::ServerError)}},
        Scenario{"UnknownContentEncoding",
                 {{refuses("404 Not Found", "\x1f\x8b garbage", "Content-Encoding: gzip\r\n")}},
                 {refused(ErrorKind::NotFound)}},
        Scenario{"EarlyAnswerThenReset", {{refuses("403 Forbidden"), resets()}}, {refused(ErrorKind::Forbidden)}}),
    kByName);

const std::string kEcho = "scenario-api-key scenario-api-secret c2NlbmFyaW8tYXBpLWtleTpzY2VuYXJpby1hcGktc2VjcmV0";

INSTANTIATE_TEST_SUITE_P(
    Body, Exchange,
    ::testing::Values(
        Scenario{"Observed",
                 {{refuses("422 No", R"({"code":42210000,"message":"order is already in \"filled\" state"})")}},
                 {refused(ErrorKind::NotCancelable)}},
        Scenario{"Html",
                 {{refuses("401 No", "<html><h1>401</h1></html>", "Content-Type: text/html\r\n")}},
                 {refused(ErrorKind::Unauthorized)}},
        Scenario{"BareString", {{refuses("403 No", "\"forbidden.\"")}}, {refused(ErrorKind::Forbidden)}},
        Scenario{"Empty", {{refuses("404 No")}}, {refused(ErrorKind::NotFound)}},
        Scenario{"CutJson", {{refuses("400 No", R"({"code":4001)")}}, {refused(ErrorKind::BadRequest)}},
        Scenario{
            "InvalidUtf8", {{refuses("422 No", "{\"message\":\"\xff\xfe\"}")}}, {refused(ErrorKind::NotCancelable)}},
        Scenario{"DeeplyNested", {{refuses("422 No", std::string(60'000, '['))}}, {refused(ErrorKind::NotCancelable)}},
        Scenario{"Oversized", {{refuses("400 No", std::string(1'000'000, 'x'))}}, {refused(ErrorKind::BadRequest)}},
        Scenario{"EchoesTheCredentials",
                 {{refuses("400 No", kEcho, "X-Request-ID: " + kEcho + "\r\n")}},
                 {refused(ErrorKind::BadRequest)}},
        Scenario{
            "EchoesThemInAnAcceptance", {{accepts(kNoContent + "X-Request-ID: " + kEcho + "\r\n\r\n")}}, {accepted()}}),
    kByName);

// libcurl opens this connection to repeat a request by itself. A guard ends it before anything is sent on it.
const Steps kVetoed{stalls()};

// Several calls of one client: leftovers of one call must not reach the next.
INSTANTIATE_TEST_SUITE_P(
    Reuse, Exchange,
    ::testing::Values(
        Scenario{"OneConnectionForAll",
                 {{accepts(), refuses("422 No"), accepts()}},
                 {accepted(), refused(ErrorKind::NotCancelable), accepted()}},
        Scenario{"IdleClose", {{accepts(), closes()}, {accepts()}}, {accepted(), accepted()}},
        Scenario{"IdleReset", {{accepts(), resets()}, {accepts()}}, {accepted(), accepted()}},
        Scenario{"ConnectionClose",
                 {{accepts(kNoContent + "Connection: close\r\n\r\n")}, {accepts()}},
                 {accepted(), accepted()}},
        Scenario{"OneRequestPerConnection",
                 {{accepts()}, {refuses("422 No")}, {accepts()}, {refuses("404 No")}},
                 {accepted(), refused(ErrorKind::NotCancelable), accepted(), refused(ErrorKind::NotFound)}},
        Scenario{"CloseRaceThenAccepted",
                 {{accepts(), reads(), closes()}, kVetoed, {accepts()}},
                 {accepted(), accepted(2)},
                 threeAttempts},
        Scenario{"CloseRaceThenRefused422",
                 {{accepts(), reads(), closes()}, kVetoed, {refuses("422 No")}},
                 {accepted(), doubtful(ErrorKind::NotCancelable, 2)},
                 threeAttempts},
        Scenario{"CloseRaceThenRefused404",
                 {{accepts(), reads(), closes()}, kVetoed, {refuses("404 No")}},
                 {accepted(), doubtful(ErrorKind::NotFound, 2)},
                 threeAttempts},
        Scenario{"CloseRaceWithoutRetry",
                 {{accepts(), reads(), closes()}, kVetoed, {accepts()}},
                 {accepted(), inDoubt(), accepted()}},
        Scenario{"ResetRaceWithoutRetry",
                 {{accepts(), reads(), resets()}, kVetoed, {accepts()}},
                 {accepted(), inDoubt(), accepted()}},
        Scenario{"Unsolicited204InTheSamePacket",
                 {{accepts(kAccepted + kAccepted), refuses("422 No")}, {refuses("422 No")}},
                 {accepted(), refused(ErrorKind::NotCancelable)}},
        Scenario{"Unsolicited408AndClose",
                 {{accepts(kAccepted + response("408 Request Timeout")), closes()}, {refuses("422 No")}},
                 {accepted(), refused(ErrorKind::NotCancelable)}},
        Scenario{"LateAnswerIsNotTheNextCalls",
                 {{reads(), waits(600ms), sends(kAccepted), stalls()}, {refuses("422 No")}},
                 {inDoubt(), refused(ErrorKind::NotCancelable)}},
        Scenario{"HalfAnAnswerIsNotTheNextCalls",
                 {{reads(), sends("HTTP/1.1 20"), stalls()}, {refuses("422 No")}},
                 {inDoubt(), refused(ErrorKind::NotCancelable)}},
        Scenario{
            "AfterABrokenBody",
            {{reads(), sends("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100\r\n\r\n<html>"), stalls()}, {accepts()}},
            {doubtful(ErrorKind::ServerError), accepted()}}),
    kByName);

const std::string_view kBusy = "503 Busy";

INSTANTIATE_TEST_SUITE_P(
    Sequence, Exchange,
    ::testing::Values(
        Scenario{"502Then204", {{answers("502 Bad"), accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{"500Then503Then204", {{answers("500 Bad"), answers(kBusy), accepts()}}, {accepted(3)}, threeAttempts},
        Scenario{"504Then422",
                 {{answers("504 Late"), refuses("422 No")}},
                 {doubtful(ErrorKind::NotCancelable, 2)},
                 threeAttempts},
        Scenario{
            "502Then404", {{answers("502 Bad"), refuses("404 No")}}, {doubtful(ErrorKind::NotFound, 2)}, threeAttempts},
        Scenario{"502Then401",
                 {{answers("502 Bad"), refuses("401 No")}},
                 {doubtful(ErrorKind::Unauthorized, 2)},
                 threeAttempts},
        Scenario{"408Then204", {{refuses("408 Late"), accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{"408Then422",
                 {{refuses("408 Late"), refuses("422 No")}},
                 {refused(ErrorKind::NotCancelable, 2)},
                 threeAttempts},
        Scenario{"425Then204", {{refuses("425 Early"), accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{"429Then204", {{refuses("429 Slow"), accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{
            "429Then404", {{refuses("429 Slow"), refuses("404 No")}}, {refused(ErrorKind::NotFound, 2)}, threeAttempts},
        Scenario{"SilenceThen204", {{reads(), stalls()}, {accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{"SilenceThen422",
                 {{reads(), stalls()}, {refuses("422 No")}},
                 {doubtful(ErrorKind::NotCancelable, 2)},
                 threeAttempts},
        Scenario{"ResetThen204", {{reads(), resets()}, {accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{"ResetThen408ThenReset",
                 {{reads(), resets()}, {refuses("408 Late"), reads(), resets()}},
                 {inDoubt(3)},
                 threeAttempts},
        Scenario{"502Thrice",
                 {{answers("502 Bad"), answers("502 Bad"), answers("502 Bad")}},
                 {doubtful(ErrorKind::ServerError, 3)},
                 threeAttempts},
        Scenario{"408Thrice",
                 {{refuses("408 Late"), refuses("408 Late"), refuses("408 Late")}},
                 {refused(ErrorKind::ServerError, 3)},
                 threeAttempts},
        Scenario{"429Thrice",
                 {{refuses("429 Slow"), refuses("429 Slow"), refuses("429 Slow")}},
                 {refused(ErrorKind::RateLimited, 3)},
                 threeAttempts},
        Scenario{"ResetThrice",
                 {{reads(), resets()}, {reads(), resets()}, {reads(), resets()}},
                 {inDoubt(3)},
                 threeAttempts},
        Scenario{"GarbageThen204", {{reads(), sends("hello\r\n\r\n")}, {accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{
            "501IsNotRepeated", {{answers("501 No"), accepts()}}, {doubtful(ErrorKind::ServerError)}, threeAttempts},
        Scenario{"207IsNotRepeated",
                 {{answers("207 Multi-Status", "[]"), accepts()}},
                 {doubtful(ErrorKind::UnexpectedResponse)},
                 threeAttempts},
        Scenario{"302IsNotRepeated",
                 {{answers("302 Found"), accepts()}},
                 {doubtful(ErrorKind::UnexpectedResponse)},
                 threeAttempts},
        Scenario{"409IsNotRepeated",
                 {{refuses("409 Conflict"), accepts()}},
                 {refused(ErrorKind::UnexpectedResponse)},
                 threeAttempts}),
    kByName);

void noBudget(ClientOptions& options) {
  threeAttempts(options);
  options.retry.budget = 0;
}

void budgetOfOne(ClientOptions& options) {
  threeAttempts(options);
  options.retry.budget = 1;
}

void longBackoff(ClientOptions& options) {
  threeAttempts(options);
  options.retry.backoffBase = options.retry.backoffCap = 60s;
  options.deadline = 500ms;
}

void shortAttempts(ClientOptions& options) {
  threeAttempts(options);
  options.attemptTimeout = 200ms;
  options.deadline = 500ms;
}

// The first connection leads nowhere: the default of 5 s for an attempt must not use up all the time.
void shortDeadline(ClientOptions& options) { options.deadline = kSanitized ? 6s : 3s; }

std::string retryAfterHeader(const std::string& value) { return "Retry-After: " + value + "\r\n"; }

INSTANTIATE_TEST_SUITE_P(
    Time, Exchange,
    ::testing::Values(
        Scenario{"BudgetEmpty", {{answers("502 Bad"), accepts()}}, {doubtful(ErrorKind::ServerError)}, noBudget},
        Scenario{"BudgetForOneRetry",
                 {{answers("502 Bad"), answers("502 Bad"), answers("502 Bad")}},
                 {doubtful(ErrorKind::ServerError, 2), doubtful(ErrorKind::ServerError)},
                 budgetOfOne},
        Scenario{"BackoffBeyondTheDeadline",
                 {{answers("502 Bad"), accepts()}},
                 {doubtful(ErrorKind::ServerError)},
                 longBackoff},
        Scenario{"DeadlineInTheMiddleOfAnAttempt",
                 {{reads(), stalls()}, {reads(), stalls()}, {reads(), stalls()}},
                 {inDoubt(3)},
                 shortAttempts},
        Scenario{
            "SilenceThen204WithinAShortDeadline", {{reads(), stalls()}, {accepts()}}, {accepted(2)}, shortDeadline},
        Scenario{"SilenceThen422WithinAShortDeadline",
                 {{reads(), stalls()}, {refuses("422 No")}},
                 {doubtful(ErrorKind::NotCancelable, 2)},
                 shortDeadline},
        Scenario{"RetryAfterZero",
                 {{refuses("429 Slow", "", retryAfterHeader("0")), accepts()}},
                 {accepted(2)},
                 threeAttempts},
        Scenario{"RetryAfterOneSecond",
                 {{refuses("429 Slow", "", retryAfterHeader("1")), accepts()}},
                 {accepted(2)},
                 threeAttempts},
        Scenario{"RetryAfterBeyondTheDeadline",
                 {{refuses("429 Slow", "", retryAfterHeader("60")), accepts()}},
                 {refused(ErrorKind::RateLimited)},
                 threeAttempts},
        Scenario{"RetryAfterAbsurd",
                 {{refuses("429 Slow", "", retryAfterHeader("999999999999999999999")), accepts()}},
                 {refused(ErrorKind::RateLimited)},
                 threeAttempts},
        Scenario{"RetryAfterNegative",
                 {{refuses("429 Slow", "", retryAfterHeader("-1")), accepts()}},
                 {accepted(2)},
                 threeAttempts},
        Scenario{"RetryAfterGarbage",
                 {{refuses("429 Slow", "", retryAfterHeader("soon")), accepts()}},
                 {accepted(2)},
                 threeAttempts},
        Scenario{"RetryAfterADistantDate",
                 {{refuses("429 Slow", "", retryAfterHeader("Fri, 31 Dec 2999 23:59:59 GMT")), accepts()}},
                 {accepted(2)},
                 threeAttempts},
        Scenario{"ResetFarAway",
                 {{refuses("429 Slow", "", "X-RateLimit-Reset: 99999999999999\r\n"), accepts()}},
                 {accepted(2)},
                 threeAttempts}),
    kByName);

std::vector<Scenario> everyStatus() {
  std::vector<Scenario> scenarios;
  const auto add = [&](int status, ErrorKind kind, bool maybeApplied) {
    const std::string line = std::to_string(status) + " Status";
    const Step step = maybeApplied ? answers(line) : refuses(line);
    scenarios.push_back({std::to_string(status), {{step}}, {Shutdown{kind, maybeApplied, 1, 1}}});
  };
  for (const int status : {200, 201, 202, 206, 207, 226, 300, 301, 302, 303, 304, 307, 308}) {
    add(status, ErrorKind::UnexpectedResponse, true);
  }
  add(400, ErrorKind::BadRequest, false);
  add(401, ErrorKind::Unauthorized, false);
  add(403, ErrorKind::Forbidden, false);
  add(404, ErrorKind::NotFound, false);
  add(408, ErrorKind::ServerError, false);
  add(422, ErrorKind::NotCancelable, false);
  add(425, ErrorKind::ServerError, false);
  add(429, ErrorKind::RateLimited, false);
  for (const int status : {402, 405, 406, 407, 409, 410, 411, 413, 415, 418, 421, 426, 428, 431, 451, 499}) {
    add(status, ErrorKind::UnexpectedResponse, false);
  }
  for (const int status : {500, 501, 502, 503, 504, 505, 511, 520, 599}) add(status, ErrorKind::ServerError, true);
  return scenarios;
}

INSTANTIATE_TEST_SUITE_P(Status, Exchange, ::testing::ValuesIn(everyStatus()), kByName);

}  // namespace
}  // namespace alpaca::broker::test

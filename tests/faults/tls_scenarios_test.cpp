// TLS that fails, one row for each fault. A failure before the handshake completes was certainly not sent. A fault that
// a new attempt cannot fix (certificate, name, version) is not retried. tls_guards_test.cpp tests the guards behind it.
#include "faults/adjustments.hpp"
#include "faults/scenario.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <string>

// The analyzer loses track of a nested std::function.
// NOLINTBEGIN(clang-analyzer-cplusplus.NewDeleteLeaks)
namespace alpaca::broker::test {
namespace {

using namespace std::chrono_literals;

class Tls : public ::testing::TestWithParam<Scenario> {};

TEST_P(Tls, IsToldTruthfully) { run(GetParam()); }

// --- a server that must not be trusted -------------------------------------------------------------------------------

void trustTheSystem(ClientOptions& options) {
  threeAttempts(options);
  options.tls.caFile.clear();
}

// Three attempts are allowed, and only the first one is made.
Scenario hopeless(const std::string& name, const TlsScript& tls, const Adjust& adjust = threeAttempts) {
  return {name, {{accepts()}, {accepts()}, {accepts()}}, {notSent(1)}, adjust, tls};
}

TlsScript certificate(const char* names, int validDays = 30) {
  TlsScript script;
  script.names = names;
  script.validDays = validDays;
  return script;
}

TlsScript onlyTls11() {
  TlsScript script;
  script.onlyTls11 = true;
  return script;
}

INSTANTIATE_TEST_SUITE_P(
    NotTrusted, Tls,
    ::testing::Values(hopeless("UnknownAuthority", TlsScript{}, trustTheSystem),
                      hopeless("OtherHost", certificate("DNS:broker-api.alpaca.markets")),
                      hopeless("OtherAddress", certificate("IP:127.0.0.2")),
                      hopeless("AddressAsAName", certificate("DNS:127.0.0.1")),
                      hopeless("NoNameAtAll", certificate("URI:https://127.0.0.1")),
                      hopeless("ForTheParentDomain", certificate("DNS:invalid"), named("two.invalid", threeAttempts)),
                      hopeless("WildcardAcrossTheTop", certificate("DNS:*"), named("two.invalid", threeAttempts)),
                      hopeless("Expired", certificate("IP:127.0.0.1", -1)), hopeless("OnlyTls11", onlyTls11())),
    kByName);

// --- no handshake ----------------------------------------------------------------------------------------------------

const std::string kHalfARecord{"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03", 11};

std::string alert(char description) { return std::string{"\x15\x03\x03\x00\x02\x02", 6} + description; }

// A server that fails before it speaks TLS. The client does speak it.
Scenario broken(const std::string& name, const Steps& steps, int attempts = 3) {
  return {name, {steps, steps, steps}, {notSent(attempts)}, overTls(threeAttempts)};
}

INSTANTIATE_TEST_SUITE_P(
    Handshake, Tls,
    ::testing::Values(broken("ResetAtAccept", {resets()}), broken("ResetAfterTheHello", {receives(), resets()}),
                      broken("ResetInTheMiddle", {receives(), sends(kHalfARecord), resets()}),
                      broken("CloseAtAccept", {closes()}), broken("CloseAfterTheHello", {receives(), closes()}),
                      broken("CloseInTheMiddle", {receives(), sends(kHalfARecord), closes()}),
                      broken("PlainHttpOnThePort", {receives(), sends(response("400 Bad Request"))}),
                      broken("PlainHttpBeforeTheHello", {sends(response("408 Request Timeout")), receives()}),
                      broken("An204InPlainHttp", {receives(), sends(kAccepted)}),
                      broken("Garbage", {receives(), sends("\x01\x02\x03 what is this?")}),
                      broken("FloodOfGarbage", {receives(), floods(std::string(4096, '\x17'), 100)}),
                      broken("OtherProtocol", {sends("220 mail.example ESMTP\r\n"), receives()}),
                      broken("AlertOverload", {receives(), sends(alert('\x50'))}),
                      broken("AlertNoCommonCipher", {receives(), sends(alert('\x28'))}),
                      broken("AlertUnknownName", {receives(), sends(alert('\x70'))}),
                      broken("AlertVersion", {receives(), sends(alert('\x46'))}, 1)),
    kByName);

// The deadline is 500 ms.
Scenario stalled(const std::string& name, const Steps& steps) {
  return {name, {steps}, {notSent()}, overTls(oneAttempt)};
}

INSTANTIATE_TEST_SUITE_P(
    HandshakeStalls, Tls,
    ::testing::Values(
        stalled("AtAccept", {stalls()}), stalled("InTheMiddle", {receives(), sends(kHalfARecord), stalls()}),
        stalled("Dripping",
                {receives(), drips(std::string{"\x16\x03\x03\x40"} + std::string(40, '\2'), 20ms), stalls()}),
        Scenario{
            "InEveryAttempt", {{stalls()}, {stalls()}, {stalls()}}, {notSent(3)}, overTls(hurried(threeAttempts))}),
    kByName);

// --- after the handshake ---------------------------------------------------------------------------------------------

const std::string kNoContentThenClose = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
const std::string kCutBody = "HTTP/1.1 422 No\r\nContent-Length: 100\r\n\r\n{\"code\":";
const std::string kBodyUntilTheEnd = "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>";

Scenario overATunnel(const std::string& name, const std::vector<Steps>& connections, const Shutdown& ending,
                     const Adjust& adjust = oneAttempt) {
  return {name, connections, {ending}, adjust, TlsScript{}};
}

Step refusesInTheseBytes(const std::string& bytes) {
  return [bytes](Peer& peer) {
    peer.readRequest();
    peer.judge(Verdict::Refused);
    peer.send(bytes);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Established, Tls,
    ::testing::Values(
        overATunnel("Accepts", {{accepts()}}, accepted()),
        overATunnel("204ThenNoCloseNotify", {{accepts(kNoContentThenClose), cuts()}}, accepted()),
        overATunnel("204ThenReset", {{accepts(), resets()}}, accepted()),
        overATunnel("204StatusLineThenNoCloseNotify", {{accepts("HTTP/1.1 204 No Content\r\n"), cuts()}}, accepted()),
        overATunnel("BodyCutByClose", {{refusesInTheseBytes(kCutBody)}}, refused(ErrorKind::NotCancelable)),
        overATunnel("BodyCutWithoutCloseNotify", {{refusesInTheseBytes(kCutBody), cuts()}},
                    refused(ErrorKind::NotCancelable)),
        overATunnel("BodyCutByReset", {{refusesInTheseBytes(kCutBody), resets()}}, refused(ErrorKind::NotCancelable)),
        overATunnel("BodyUntilTheEndWithoutCloseNotify", {{reads(), sends(kBodyUntilTheEnd), cuts()}},
                    doubtful(ErrorKind::ServerError)),
        overATunnel("Silence", {{reads(), stalls()}}, inDoubt()),
        overATunnel("CloseAfterTheRequest", {{reads(), closes()}}, inDoubt()),
        overATunnel("NoCloseNotifyAfterTheRequest", {{reads(), cuts()}}, inDoubt()),
        overATunnel("ResetAfterTheRequest", {{reads(), resets()}}, inDoubt()),
        overATunnel("HalfAStatusLineThenNoCloseNotify", {{reads(), sends("HTTP/1.1 20"), cuts()}}, inDoubt()),
        overATunnel("CloseAfterTheHandshake", {{closes()}}, inDoubt()),
        overATunnel("ResetAfterTheHandshake", {{resets()}}, inDoubt())),
    kByName);

// libcurl opens this connection to repeat a request by itself. A guard ends it before anything is sent on it.
const Steps kVetoed{stalls()};

INSTANTIATE_TEST_SUITE_P(
    EstablishedAndTriedAgain, Tls,
    ::testing::Values(overATunnel("ResetThen204", {{reads(), resets()}, {accepts()}}, accepted(2), threeAttempts),
                      overATunnel("ResetThen422", {{reads(), resets()}, {refuses("422 No")}},
                                  doubtful(ErrorKind::NotCancelable, 2), threeAttempts),
                      overATunnel("NoCloseNotifyThen204", {{reads(), cuts()}, {accepts()}}, accepted(2), threeAttempts),
                      overATunnel("ResetThreeTimes", {{reads(), resets()}, {reads(), resets()}, {reads(), resets()}},
                                  inDoubt(3), threeAttempts),
                      Scenario{"ReusedConnectionDiesThen204",
                               {{accepts(), reads(), cuts()}, kVetoed, {accepts()}},
                               {accepted(), accepted(2)},
                               threeAttempts,
                               TlsScript{}},
                      Scenario{"ReusedConnectionIsResetThen404",
                               {{accepts(), reads(), resets()}, kVetoed, {refuses("404 No")}},
                               {accepted(), doubtful(ErrorKind::NotFound, 2)},
                               threeAttempts,
                               TlsScript{}}),
    kByName);

}  // namespace
}  // namespace alpaca::broker::test
// NOLINTEND(clang-analyzer-cplusplus.NewDeleteLeaks)

// The route to the broker: names, addresses and proxies that do not lead there, one row for each. Nothing can have been
// delivered, so nearly all rows must end as NotSent. scenario.hpp compares each result with the server's record.
#include "faults/adjustments.hpp"
#include "faults/child_process.hpp"
#include "faults/full_backlog.hpp"
#include "faults/names.hpp"
#include "faults/own_network.hpp"
#include "faults/scenario.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <string>

// The analyzer loses track of a nested std::function.
// NOLINTBEGIN(clang-analyzer-cplusplus.NewDeleteLeaks)
namespace alpaca::broker::test {
namespace {

using namespace std::chrono_literals;

const std::string kHttps = "https://";
const std::string kRefused = "http://127.0.0.1:1";  // no server listens there

// --- no server -------------------------------------------------------------------------------------------------------

struct Nowhere {
  std::string name;
  Adjust adjust;
  int attempts;
};

std::ostream& operator<<(std::ostream& out, const Nowhere& row) { return out << row.name; }

class NobodyThere : public ::testing::TestWithParam<Nowhere> {};

TEST_P(NobodyThere, IsNotSent) {
  ClientOptions options;
  GetParam().adjust(options);
  runWithoutServer(options, notSent(GetParam().attempts));
}

void viaProxy(ClientOptions& options, const std::string& proxy) {
  oneAttempt(options);
  options.baseUrl = "https://broker.invalid";
  options.proxy = proxy;
}

INSTANTIATE_TEST_SUITE_P(
    Server, NobodyThere,
    ::testing::Values(Nowhere{"NameNotFound", at(kHttps + kNobody, oneAttempt), 1},
                      Nowhere{"NameNotFoundThreeTimes", at(kHttps + kNobody, threeAttempts), 3},
                      Nowhere{"NameServerBlackHoled", at(kHttps + kBlackHole, oneAttempt), 1},
                      Nowhere{"NameServerBlackHoledThreeTimes", at(kHttps + kBlackHole, hurried(threeAttempts)), 3},
                      Nowhere{"Refused", at(kRefused, oneAttempt), 1},
                      Nowhere{"RefusedThreeTimes", at(kRefused, threeAttempts), 3},
                      Nowhere{"RefusedOverTls", at("https://127.0.0.1:1", threeAttempts), 3},
                      Nowhere{"RefusedOverIpv6", at("http://[::1]:1", threeAttempts), 3},
                      Nowhere{"RefusedAtBothAddresses", at(kHttps + kTwoAddresses + ":1", threeAttempts), 3},
                      Nowhere{"RefusedInBothFamilies", at(kHttps + kBothFamilies + ":1", threeAttempts), 3}),
    kByName);

INSTANTIATE_TEST_SUITE_P(
    Proxy, NobodyThere,
    ::testing::Values(
        Nowhere{"NameNotFound", [](auto& options) { viaProxy(options, "http://nobody.invalid:3128"); }, 1},
        Nowhere{"NameServerBlackHoled", [](auto& options) { viaProxy(options, "http://blackhole.invalid:3128"); }, 1},
        Nowhere{"Refused", [](auto& options) { viaProxy(options, "http://127.0.0.1:1"); }, 1},
        Nowhere{"SocksRefused", [](auto& options) { viaProxy(options, "socks5h://127.0.0.1:1"); }, 1}),
    kByName);

// --- silence before the connection is open ---------------------------------------------------------------------------

class FullBacklogAtServer : public ::testing::TestWithParam<Nowhere> {};

TEST_P(FullBacklogAtServer, IsNotSent) {
  const FullBacklog backlog;
  ClientOptions options;
  at(backlog.url(), GetParam().adjust)(options);
  runWithoutServer(options, notSent(GetParam().attempts));
}

void connectTimeoutOf100ms(ClientOptions& options) {
  threeAttempts(options);
  options.connectTimeout = 100ms;
}

INSTANTIATE_TEST_SUITE_P(All, FullBacklogAtServer,
                         ::testing::Values(Nowhere{"UntilTheDeadline", oneAttempt, 1},
                                           Nowhere{"UntilTheAttemptTimesOut", hurried(threeAttempts), 3},
                                           Nowhere{"UntilTheConnectTimesOut", connectTimeoutOf100ms, 3}),
                         kByName);

TEST(FullBacklogAtProxy, IsNotSent) {
  const FullBacklog backlog;
  ClientOptions options;
  viaProxy(options, backlog.url());
  runWithoutServer(options, notSent());
}

// --- a network without a route ---------------------------------------------------------------------------------------

class OwnNetwork : public ::testing::TestWithParam<Nowhere> {
 protected:
  void SetUp() override {
    if (inChild([] { return enterOwnNetwork() ? 0 : 1; }) != 0) {
      GTEST_SKIP() << "this machine does not allow network namespaces";
    }
  }
};

TEST_P(OwnNetwork, IsNotSent) {
  expectInChild([] {
    ASSERT_TRUE(enterOwnNetwork());
    ClientOptions options;
    GetParam().adjust(options);
    runWithoutServer(options, notSent(GetParam().attempts));
  });
}

INSTANTIATE_TEST_SUITE_P(
    All, OwnNetwork,
    ::testing::Values(Nowhere{"PacketsDropped", at(kHttps + kDropsEverything, oneAttempt), 1},
                      Nowhere{"PacketsDroppedThreeTimes", at(kHttps + kDropsEverything, hurried(threeAttempts)), 3},
                      Nowhere{"PacketsToTheProxyDropped",
                              [](auto& options) { viaProxy(options, std::string("http://") + kDropsEverything); }, 1},
                      Nowhere{"Unreachable", at(kHttps + kHasNoRoute, oneAttempt), 1},
                      Nowhere{"UnreachableThreeTimes", at(kHttps + kHasNoRoute, threeAttempts), 3},
                      Nowhere{"UnreachableProxy",
                              [](auto& options) { viaProxy(options, std::string("socks5://") + kHasNoRoute); }, 1}),
    kByName);

// --- a server that ends the connection -------------------------------------------------------------------------------

class Connection : public ::testing::TestWithParam<Scenario> {};

TEST_P(Connection, IsToldTruthfully) { run(GetParam()); }

// The client may write its request before it notices the reset, or may notice it while still connecting.
INSTANTIATE_TEST_SUITE_P(
    AtAccept, Connection,
    ::testing::Values(
        Scenario{"Reset", {{resets()}}, {inDoubtOrNotSent()}},
        Scenario{"ResetThreeTimes", {{resets()}, {resets()}, {resets()}}, {inDoubtOrNotSent(3)}, threeAttempts},
        Scenario{"Close", {{closes()}}, {inDoubt()}},
        Scenario{"CloseThreeTimes", {{closes()}, {closes()}, {closes()}}, {inDoubt(3)}, threeAttempts},
        Scenario{"CloseThenAccept", {{closes()}, {accepts()}}, {accepted(2)}, threeAttempts},
        Scenario{"CloseThenRefuse",
                 {{closes()}, {refuses("422 No")}},
                 {doubtful(ErrorKind::NotCancelable, 2)},
                 threeAttempts},
        Scenario{
            "BusyBeforeTheRequest", {{sends(response("503 Busy")), stalls()}}, {doubtful(ErrorKind::ServerError)}}),
    kByName);

const TlsScript kForTwoAddresses{std::string("DNS:") + kTwoAddresses};
const TlsScript kForBothFamilies{std::string("DNS:") + kBothFamilies};

// The server listens only on 127.0.0.1, which is the second address of these names.
INSTANTIATE_TEST_SUITE_P(
    FirstAddressRefused, Connection,
    ::testing::Values(
        Scenario{"SecondAccepts", {{accepts()}}, {accepted()}, named(kTwoAddresses, oneAttempt), kForTwoAddresses},
        Scenario{"SecondRefuses",
                 {{refuses("422 No")}},
                 {refused(ErrorKind::NotCancelable)},
                 named(kTwoAddresses, oneAttempt),
                 kForTwoAddresses},
        Scenario{
            "SecondResets", {{reads(), resets()}}, {inDoubt()}, named(kTwoAddresses, oneAttempt), kForTwoAddresses},
        Scenario{"OtherFamilyAccepts", {{accepts()}}, {accepted()}, named(kBothFamilies, oneAttempt), kForBothFamilies},
        Scenario{"ConnectionIsReused",
                 {{accepts(), refuses("404 No")}},
                 {accepted(), refused(ErrorKind::NotFound)},
                 named(kTwoAddresses, oneAttempt),
                 kForTwoAddresses}),
    kByName);

// libcurl spends half of its time on the first of two addresses.
TEST(FirstAddressSilent, TheSecondIsTriedInTime) {
  std::optional<FullBacklog> silent;
  run({"",
       {{accepts()}},
       {accepted()},
       [&](ClientOptions& options) {
         silent.emplace("127.0.0.2", std::stoi(portOf(options.baseUrl)));
         named(kTwoAddresses, oneAttempt)(options);
         options.connectTimeout = 300ms;
       },
       kForTwoAddresses});
}

// The first attempt was delivered and refused. The second one was not sent, but that does not make the call unsent.
TEST(RefusedConnection, AfterA429DoesNotMakeTheCallUnsent) {
  std::promise<ScriptedServer*> ready;
  ScriptedServer server({[&](Peer& peer) {
    ScriptedServer* self = ready.get_future().get();
    peer.readRequest();
    peer.judge(Verdict::Refused);
    self->stopListening();
    peer.send(response("429 Slow", {}, "Connection: close\r\n"));
  }});
  ready.set_value(&server);
  ClientOptions options;
  options.baseUrl = server.url();
  threeAttempts(options);
  BrokerClient client{scenarioCredentials(), options};
  const auto result = client.cancelOrder(account(), order("refused"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_FALSE(result.error().maybeApplied);
  expectHonest(result, server.deliveriesOf("refused"), options.deadline);
}

// --- proxies --------------------------------------------------------------------------------------------------------

const std::string kTunnel = "HTTP/1.1 200 Connected\r\n\r\n";

Scenario proxyAnswers(const std::string& name, const std::string& status, int attempts) {
  const std::vector<Steps> each(3, {reads(), sends(response(status, "<html>", "X-Request-ID: proxy\r\n"))});
  return {name, each, {notSent(attempts)}, throughProxy(threeAttempts)};
}

Scenario proxyDoes(const std::string& name, const Steps& steps) {
  return {name, {steps, steps, steps}, {notSent(3)}, throughProxy(hurried(threeAttempts))};
}

INSTANTIATE_TEST_SUITE_P(
    Proxy, Connection,
    ::testing::Values(proxyAnswers("Forbids", "403 Forbidden", 1),
                      proxyAnswers("WantsAPassword", "407 Proxy Authentication Required", 1),
                      proxyAnswers("Redirects", "302 Found", 1), proxyAnswers("KnowsNoSuchHost", "404 Not Found", 1),
                      proxyAnswers("LooksLikeTheBroker", "422 Unprocessable Entity", 1),
                      proxyAnswers("Fails", "500 Oops", 3), proxyAnswers("FindsNobody", "502 Bad Gateway", 3),
                      proxyAnswers("IsBusy", "503 Service Unavailable", 3),
                      proxyAnswers("WaitsInVain", "504 Gateway Timeout", 3), proxyDoes("Hangs", {reads(), stalls()}),
                      proxyDoes("HangsInItsAnswer", {reads(), sends("HTTP/1.1 200 Conn"), stalls()}),
                      proxyDoes("Closes", {reads(), closes()}), proxyDoes("ClosesAtAccept", {closes()}),
                      proxyDoes("Resets", {reads(), resets()}), proxyDoes("ResetsAtAccept", {resets()}),
                      proxyDoes("IsNoHttpServer", {reads(), sends("SSH-2.0-OpenSSH_9.2\r\n")}),
                      proxyDoes("OpensTheTunnelAndCloses", {reads(), sends(kTunnel)}),
                      proxyDoes("OpensTheTunnelAndResets", {reads(), sends(kTunnel), receives(), resets()}),
                      proxyDoes("OpensTheTunnelAndHangs", {reads(), sends(kTunnel), stalls()}),
                      proxyDoes("AnswersForTheBroker", {reads(), sends(kTunnel + kAccepted), stalls()})),
    kByName);

TEST(ProxyThatHangs, LetsTheDeadlineHold) { run({"", {{reads(), stalls()}}, {notSent()}, throughProxy(oneAttempt)}); }

const std::string kNoPasswordNeeded{"\x05\x00", 2};
const std::string kReply{"\x00\x01\x00\x00\x00\x00\x00\x00", 8};

Scenario socksProxyAnswers(const std::string& name, const std::string& bytes, int attempts,
                           const Adjust& patience = threeAttempts) {
  const Steps steps{sends(bytes), stalls()};
  return {name, {steps, steps, steps}, {notSent(attempts)}, throughProxy(patience, "socks5h")};
}

INSTANTIATE_TEST_SUITE_P(SocksProxy, Connection,
                         ::testing::Values(socksProxyAnswers("TakesNoPassword", "\x05\xff", 1),
                                           socksProxyAnswers("ForbidsIt", kNoPasswordNeeded + "\x05\x02" + kReply, 1),
                                           socksProxyAnswers("FindsNobody", kNoPasswordNeeded + "\x05\x04" + kReply, 1),
                                           socksProxyAnswers("IsAnHttpServer", response("400 Bad Request"), 1),
                                           socksProxyAnswers("Hangs", "", 3, hurried(threeAttempts)),
                                           socksProxyAnswers("HangsAfterTheGreeting", kNoPasswordNeeded, 3,
                                                             hurried(threeAttempts))),
                         kByName);

}  // namespace
}  // namespace alpaca::broker::test
// NOLINTEND(clang-analyzer-cplusplus.NewDeleteLeaks)

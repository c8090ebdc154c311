// The guards against libcurl's own decisions. Each test is named after what would happen without its guard. The server
// counts deliveries itself.
#include "http/connection.hpp"
#include "support/eventually.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scoped_environment.hpp"
#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <iterator>
#include <string>

namespace alpaca::broker {
namespace {

using test::account;
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::response;
using test::ScopedEnvironment;
using test::ScriptedServer;
using test::TlsScript;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;

const Credentials kCredentials{"guard-api-key", "guard-api-secret"};

BrokerClient clientOf(const ScriptedServer& server) { return BrokerClient{kCredentials, oneAttemptAt(server.url())}; }

http::ConnectionSettings settingsFor(const std::string& baseUrl, bool plainHttpAllowed = true) {
  http::ConnectionSettings settings{baseUrl};
  settings.plainHttpAllowed = plainHttpAllowed;
  return settings;
}

http::Exchange exchange(const http::ConnectionSettings& settings, const std::string& target) {
  http::Connection connection{settings};
  return connection.run({"DELETE", target}, {std::chrono::steady_clock::now() + 5s, 2s});
}

// --- delivery -------------------------------------------------------------------------------------------------------

TEST(Guard, ADeadReusedConnectionIsNotAnsweredWithASecondRequest) {
  ScriptedServer server({[](Peer& peer) {
                           peer.answer(kAccepted);
                           peer.readRequest();  // then closes without an answer
                         },
                         [](Peer& peer) { peer.answer(response("422 Unprocessable Entity")); }});
  auto client = clientOf(server);
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  const auto result = client.cancelOrder(account(), order("second"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_EQ(server.deliveries(), 2);  // one for each call
}

TEST(Guard, ARefusedReconnectAfterADeliveryIsNotTakenForNotSent) {
  std::promise<ScriptedServer*> ready;
  ScriptedServer server({[&](Peer& peer) {
    ScriptedServer* self = ready.get_future().get();
    peer.answer(kAccepted);
    peer.readRequest();
    self->stopListening();
  }});
  ready.set_value(&server);
  auto client = clientOf(server);
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  const auto result = client.cancelOrder(account(), order("second"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(result.error().call.sends, 1);
}

// libcurl's handle has descriptors of its own, so a handle that was kept would show.
TEST(Guard, AHandleIsDroppedAtOnceAfterAFailure) {
  const auto openDescriptors = [] {
    const auto entries = std::filesystem::directory_iterator("/proc/self/fd");
    return std::distance(begin(entries), end(entries));
  };
  const ClientOptions options = oneAttemptAt("http://127.0.0.1:1");
  const auto before = openDescriptors();
  BrokerClient client{kCredentials, options};
  EXPECT_GT(openDescriptors(), before);
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotSent);
  EXPECT_EQ(openDescriptors(), before);
}

TEST(Guard, AFailedConnectionIsNotUsedAgain) {
  std::promise<void> timedOut;
  ScriptedServer server({[&](Peer& peer) {
                           peer.readRequest();
                           timedOut.get_future().wait();
                           peer.send(kAccepted);  // too late for the first call, and not meant for the second
                           peer.waitForClose();
                         },
                         [](Peer& peer) { peer.answer(response("422 Unprocessable Entity")); }});
  auto client = clientOf(server);
  EXPECT_EQ(client.cancelOrder(account(), order(), CallOptions{100ms}).error().kind, ErrorKind::InDoubt);
  timedOut.set_value();
  EXPECT_EQ(client.cancelOrder(account(), order("second")).error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(server.connections(), 2);
}

TEST(Guard, AStopBeforeTheStartSendsNothingEvenOnAWarmConnection) {
  ScriptedServer server({[](Peer& peer) {
    peer.answer(kAccepted);
    peer.waitForClose();
  }});
  http::Connection connection{settingsFor(server.url())};
  const http::Limits limits{std::chrono::steady_clock::now() + 5s, 2s};
  EXPECT_TRUE(connection.run({"DELETE", "/"}, limits).response);
  connection.abort();
  const auto stopped = connection.run({"DELETE", "/"}, limits);
  EXPECT_EQ(stopped.failure, http::Failure::Aborted);
  EXPECT_EQ(stopped.sends, 0);
  EXPECT_EQ(server.deliveries(), 1);
}

// --- unsolicited answers ---------------------------------------------------------------------------------------------

class UnsolicitedAnswer : public ::testing::TestWithParam<bool> {
 protected:
  // Answers the first call, then pushes another response onto the idle connection. The second call's result must come
  // from a new connection.
  void expectIgnored(const std::string& pushed) {
    std::promise<void> answered;
    std::promise<void> hasPushed;
    ScriptedServer server({[&](Peer& peer) {
                             peer.answer(kAccepted);
                             answered.get_future().wait();
                             peer.send(pushed);
                             hasPushed.set_value();
                             peer.waitForClose();
                           },
                           [](Peer& peer) { peer.answer(response("422 Unprocessable Entity")); }},
                          GetParam() ? std::optional(TlsScript{}) : std::nullopt);
    const testing::TemporaryFile ca(server.certificate());
    ClientOptions options = oneAttemptAt(server.url());
    if (GetParam()) options.tls.caFile = ca.path();
    BrokerClient client{kCredentials, options};
    const auto first = client.cancelOrder(account(), order());
    ASSERT_TRUE(first) << first.error().message;
    answered.set_value();
    hasPushed.get_future().wait();
    const auto second = client.cancelOrder(account(), order("second"));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::NotCancelable);
    EXPECT_EQ(server.connections(), 2);
    EXPECT_EQ(server.deliveries(), 2);
  }
};

TEST_P(UnsolicitedAnswer, Of204IsNotTakenForAcceptance) { expectIgnored(kAccepted); }

TEST_P(UnsolicitedAnswer, Of408IsNotTakenForARefusal) { expectIgnored(response("408 Request Timeout")); }

INSTANTIATE_TEST_SUITE_P(Over, UnsolicitedAnswer, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "Tls" : "PlainHttp"; });

TEST(Guard, ASecondAnswerInTheSamePacketIsNotKeptForTheNextCall) {
  const auto refuse = [](Peer& peer) { peer.answer(response("422 Unprocessable Entity")); };
  ScriptedServer server({[&](Peer& peer) {
                           peer.answer(kAccepted + kAccepted);
                           refuse(peer);  // in case the client stays on this connection
                         },
                         refuse});
  auto client = clientOf(server);
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(client.cancelOrder(account(), order("second")).error().kind, ErrorKind::NotCancelable);
}

TEST(Guard, AnIdleConnectionThatTheServerClosedIsReplaced) {
  ScriptedServer server({[](Peer& peer) { peer.answer(kAccepted); }, [](Peer& peer) { peer.answer(kAccepted); }});
  auto client = clientOf(server);
  for (int i = 0; i < 2; ++i) {
    const auto result = client.cancelOrder(account(), order());
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.call().sends, 1);
    ASSERT_TRUE(test::eventually([&] { return server.isQuiet(); }));  // the FIN has arrived
  }
  EXPECT_EQ(server.deliveries(), 2);
}

TEST(Guard, AHealthyConnectionIsReused) {
  ScriptedServer server({[](Peer& peer) {
    for (int i = 0; i < 5; ++i) peer.answer(kAccepted);
  }});
  auto client = clientOf(server);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(server.connections(), 1);
}

// --- what counts as an answer ----------------------------------------------------------------------------------------

TEST(Guard, A204IsAcceptanceHoweverTheConnectionEnds) {
  for (const char* rest :
       {"", "\r\n", "\r\nX-Request-ID: cut", "\r\nContent-Length: 5\r\n\r\nab", "\r\nno colon\r\n\r\n"}) {
    ScriptedServer server({[&](Peer& peer) {
      peer.answer(std::string("HTTP/1.1 204 No Content\r\nX-First: 1") + rest);
      peer.reset();
    }});
    auto client = clientOf(server);
    const auto result = client.cancelOrder(account(), order());
    EXPECT_TRUE(result) << rest;
  }
}

TEST(Guard, HeadersOfInterimResponsesAreNotTheAnswers) {
  ScriptedServer server({[](Peer& peer) {
    peer.answer("HTTP/1.1 103 Early Hints\r\nX-Request-ID: interim\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
  }});
  auto client = clientOf(server);
  const auto result = client.cancelOrder(account(), order());
  ASSERT_TRUE(result);
  EXPECT_EQ(result.call().requestId, "");
}

class NotAnAnswer : public ::testing::TestWithParam<const char*> {};

TEST_P(NotAnAnswer, IsInDoubt) {
  ScriptedServer server({[](Peer& peer) { peer.answer(GetParam()); }});
  auto client = clientOf(server);
  const auto result = client.cancelOrder(account(), order(), CallOptions{3s});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_EQ(server.deliveries(), 1);
}

INSTANTIATE_TEST_SUITE_P(All, NotAnAnswer,
                         ::testing::Values("", "204", "HTTP/1.1 20", "HTTP/1.1 204", "hello\r\n\r\n",
                                           "ICY 204 OK\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "\r\n\r\n",
                                           "HTTP/1.1 xyz No\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n"));

TEST(Guard, AnEndlessBodyIsCutOff) {
  constexpr std::size_t kPieces = 10'000;
  std::promise<std::size_t> sent;
  ScriptedServer server({[&](Peer& peer) {
    peer.answer("HTTP/1.1 500 Oops\r\nContent-Length: 100000000\r\n\r\n");
    std::size_t pieces = 0;
    while (pieces < kPieces && peer.send(std::string(10'000, 'x'))) ++pieces;
    sent.set_value(pieces);
  }});
  auto client = clientOf(server);
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::ServerError);
  EXPECT_EQ(result.error().body.size(), 64U * 1024U);
  EXPECT_LT(sent.get_future().get(), kPieces) << "all of it was read";
}

TEST(Guard, EndlessHeadersAreCutOff) {
  ScriptedServer server({[](Peer& peer) {
    peer.answer("HTTP/1.1 503 Unavailable\r\n");
    for (int i = 0; i < 10'000; ++i) peer.send("X-Padding: " + std::string(1000, 'x') + "\r\n");
    peer.waitForClose();
  }});
  auto client = clientOf(server);
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::ServerError);
  EXPECT_LT(result.error().call.elapsed, 4s);
}

TEST(Guard, AFloodOfInterimResponsesIsCutOff) {
  ScriptedServer server({[](Peer& peer) {
    peer.readRequest();
    for (int i = 0; i < 20'000; ++i) peer.send("HTTP/1.1 100 Continue\r\n\r\n");
    peer.waitForClose();
  }});
  auto client = clientOf(server);
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_LT(result.error().call.elapsed, 4s);
}

// --- the target, the scheme and the route ----------------------------------------------------------------------------

TEST(Guard, TheTargetIsSentByteForByte) {
  ScriptedServer server({[](Peer& peer) { peer.answer(kAccepted); }});
  EXPECT_EQ(exchange(settingsFor(server.url()), "/a/../b/./c/%2e%2e/d").sends, 1);
  EXPECT_THAT(server.requests().front(), StartsWith("DELETE /a/../b/./c/%2e%2e/d HTTP/1.1\r\n"));
}

TEST(Guard, PlainHttpIsRefusedByTheTransportToo) {
  ScriptedServer server({[](Peer& peer) { peer.answer(kAccepted); }});
  const auto refused = exchange(settingsFor(server.url(), false), "/");
  EXPECT_EQ(refused.sends, 0);
  EXPECT_FALSE(refused.response);
  EXPECT_EQ(server.connections(), 0);
}

TEST(Guard, ATargetCannotEndTheRequestLine) {
  ScriptedServer server({[](Peer& peer) { peer.answer(kAccepted); }});
  for (const char* target : {"/a HTTP/1.1\r\nX: y", "/a\nb", "/a b", "/\x7f", "/\xc3\xa4", "a", ""}) {
    EXPECT_THROW(exchange(settingsFor(server.url()), target), http::ConnectionSetupError) << target;
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(Guard, AUserNameInTheUrlIsRefusedByTheTransportToo) {
  EXPECT_THROW(http::Connection{settingsFor("http://me:pw@127.0.0.1")}, http::ConnectionSetupError);
}

TEST(Guard, ARedirectIsNotFollowed) {
  std::string location;
  const auto accept = [](Peer& peer) { peer.answer(kAccepted); };
  ScriptedServer server({[&](Peer& peer) { peer.answer(response("307 Elsewhere", {}, location)); }, accept, accept});
  location = "Connection: close\r\nLocation: " + server.url() + "/v1/trading/accounts\r\n";
  auto client = clientOf(server);
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_TRUE(client.cancelOrder(account(), order())) << "counts the connections until now";
  EXPECT_EQ(server.deliveries(), 2);
  EXPECT_EQ(server.connections(), 2);
}

class ProxyAnswer : public ::testing::TestWithParam<const char*> {};

TEST_P(ProxyAnswer, IsNotTakenForTheBrokers) {
  ScriptedServer proxy(
      {[](Peer& peer) { peer.answer(response(GetParam(), "{\"code\":1}", "X-Request-ID: proxy\r\n")); }});
  ClientOptions options = oneAttemptAt("https://broker.invalid");
  options.proxy = proxy.url();
  BrokerClient client{kCredentials, options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(result.error().httpStatus, std::nullopt);
  EXPECT_EQ(result.error().call.sends, 0);
  EXPECT_EQ(result.error().call.requestId, "");
  EXPECT_THAT(result.error().message, HasSubstr("the proxy refused the connection"));
  ASSERT_EQ(proxy.deliveries(), 1);
  EXPECT_THAT(proxy.requests().front(),
              AllOf(StartsWith("CONNECT broker.invalid:443 "), Not(HasSubstr("Authorization"))));
}

INSTANTIATE_TEST_SUITE_P(All, ProxyAnswer,
                         ::testing::Values("403 Forbidden", "404 Not Found", "407 Proxy Authentication Required",
                                           "422 Unprocessable Entity", "502 Bad Gateway"));

// A tunnel that opens and then dies has carried no request: the CONNECT is not the request.
TEST(Guard, AProxyThatOpensTheTunnelAndDiesHasSentNothing) {
  ScriptedServer proxy({[](Peer& peer) { peer.answer("HTTP/1.1 200 Connected\r\n\r\n"); }});
  ClientOptions options = oneAttemptAt("https://broker.invalid");
  options.proxy = proxy.url();
  BrokerClient client{kCredentials, options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(result.error().call.sends, 0);
}

TEST(Guard, TheProxyOptionIsNotUndoneByTheEnvironment) {
  const ScopedEnvironment everywhere("no_proxy", "*");
  ScriptedServer proxy({[](Peer& peer) { peer.answer(response("502 Bad Gateway")); }});
  ClientOptions options = oneAttemptAt("https://broker.invalid");
  options.proxy = proxy.url();
  BrokerClient client{kCredentials, options};
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotSent);
  EXPECT_EQ(proxy.deliveries(), 1);
}

TEST(Guard, AProxysPasswordDoesNotShow) {
  ScriptedServer proxy({[](Peer& peer) { peer.answer(response("407 No")); }});
  ClientOptions options = oneAttemptAt("https://broker.invalid");
  options.proxy = "http://desk:proxy-password@127.0.0.1:" + std::to_string(proxy.port());
  BrokerClient client{kCredentials, options};
  const auto result = client.cancelOrder(account(), order());
  EXPECT_THAT(proxy.requests().front(), HasSubstr("Proxy-Authorization: Basic"));
  EXPECT_THAT(result.error().message, Not(HasSubstr("proxy-password")));
}

}  // namespace
}  // namespace alpaca::broker

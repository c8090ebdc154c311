// TLS with a hostile or broken server. These tests run with an OpenSSL configuration that forbids nothing, so that the
// client, not the system's policy, refuses an old protocol.
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <csignal>
#include <string>

namespace alpaca::broker {
namespace {

using test::account;
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::ScriptedServer;
using test::TlsScript;

class TlsGuard : public ::testing::Test {
 protected:
  static Result<CancelAccepted> cancelAt(const ScriptedServer& server, const std::string& url) {
    const testing::TemporaryFile ca(server.certificate());
    ClientOptions options = oneAttemptAt(url);
    options.tls.caFile = ca.path();
    BrokerClient client{Credentials{"guard-api-key", "guard-api-secret"}, options};
    return client.cancelOrder(account(), order());
  }

  static void expectRefused(const ScriptedServer& server, const Result<CancelAccepted>& result) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::NotSent) << result.error().message;
    EXPECT_FALSE(result.error().maybeApplied);
    EXPECT_EQ(result.error().call.sends, 0);
    EXPECT_EQ(server.deliveries(), 0);
  }

  static void answer(Peer& peer) { peer.answer(kAccepted); }
};

TEST_F(TlsGuard, AnHonestServerIsBelieved) {
  ScriptedServer server({answer}, TlsScript{});
  const auto result = cancelAt(server, server.url());
  EXPECT_TRUE(result) << result.error().message;
}

TEST_F(TlsGuard, ACertificateForAnotherHostIsRefused) {
  TlsScript script;
  script.names = "DNS:broker-api.alpaca.markets";
  ScriptedServer server({answer}, script);
  expectRefused(server, cancelAt(server, server.url()));
  expectRefused(server, cancelAt(server, "https://localhost:" + std::to_string(server.port())));
}

TEST_F(TlsGuard, AnExpiredCertificateIsRefused) {
  TlsScript script;
  script.validDays = -1;
  ScriptedServer server({answer}, script);
  expectRefused(server, cancelAt(server, server.url()));
}

TEST_F(TlsGuard, AnUnknownAuthorityIsRefused) {
  ScriptedServer server({answer}, TlsScript{});
  ScriptedServer other({}, TlsScript{});
  expectRefused(server, cancelAt(other, server.url()));
}

TEST_F(TlsGuard, Tls11IsRefused) {
  TlsScript script;
  script.onlyTls11 = true;
  ScriptedServer server({answer}, script);
  expectRefused(server, cancelAt(server, server.url()));
}

TEST_F(TlsGuard, PlainHttpOnTheTlsPortIsRefused) {
  ScriptedServer server({[](Peer& peer) { peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); }});
  expectRefused(server,
                cancelAt(ScriptedServer({}, TlsScript{}), "https://127.0.0.1:" + std::to_string(server.port())));
}

TEST_F(TlsGuard, AResetDuringTheHandshakeIsNotSent) {
  ScriptedServer server({[](Peer& peer) { peer.reset(); }});
  expectRefused(server,
                cancelAt(ScriptedServer({}, TlsScript{}), "https://127.0.0.1:" + std::to_string(server.port())));
}

volatile std::sig_atomic_t sigpipes = 0;

// A library must not end its host process. Writing to a reset connection raises SIGPIPE unless the library prevents it.
TEST_F(TlsGuard, AResetConnectionRaisesNoSigpipe) {
  sigpipes = 0;
  auto* before = std::signal(SIGPIPE, [](int) { sigpipes = sigpipes + 1; });
  ScriptedServer server({[](Peer& peer) {
                          peer.readRequest();
                          peer.reset();
                        }},
                        TlsScript{});
  const auto result = cancelAt(server, server.url());
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  std::signal(SIGPIPE, before);
  EXPECT_EQ(sigpipes, 0);
}

}  // namespace
}  // namespace alpaca::broker

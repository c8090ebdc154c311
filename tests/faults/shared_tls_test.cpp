// The CA certificates and TLS sessions that a client's connections share, as servers see them. Tests of CA certificates
// run twice: shared, and with everything left to libcurl.
#include "http/tls/shared_tls.hpp"
#include "http/pool.hpp"
#include "support/scoped_environment.hpp"
#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using http::Exchange;
using http::Failure;
using test::Peer;
using test::ScopedEnvironment;
using test::ScriptedServer;
using test::TlsScript;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::TemporaryFile;

constexpr const char* kNonsense = "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n";
const std::string kAcceptedForTheLastTime = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

// A CA file that is replaced atomically, by renaming a complete file over it.
class CaFile {
 public:
  explicit CaFile(const std::string& text) : file_(text) {}

  void replaceBy(const std::string& text) const {
    const TemporaryFile complete(text);
    std::filesystem::rename(complete.path(), path());
  }
  void overwriteBy(const std::string& text) const { std::ofstream(path(), std::ios::binary) << text; }

  [[nodiscard]] const std::string& path() const { return file_.path(); }

 private:
  TemporaryFile file_;
};

// Each request gets its own connection, and the server records whether its session was resumed.
class SharedTlsTest : public ::testing::Test {
 protected:
  [[nodiscard]] ScriptedServer::Script acceptsOnce() {
    return [this](Peer& peer) {
      if (peer.resumed()) ++resumptions;
      peer.answer(kAcceptedForTheLastTime);
    };
  }
  [[nodiscard]] std::vector<ScriptedServer::Script> accepts(std::size_t connections) {
    std::vector<ScriptedServer::Script> scripts(connections, acceptsOnce());
    return scripts;
  }

  static std::unique_ptr<http::ConnectionPool> client(const std::string& url, const std::string& caFile,
                                                      bool shared = true) {
    http::ConnectionSettings settings{url};
    settings.caFile = caFile;
    settings.tlsShared = shared;
    return std::make_unique<http::ConnectionPool>(settings, 32);
  }

  static Exchange cancelBy(http::ConnectionPool& pool) {
    constexpr std::chrono::seconds kTime{10};
    return pool.run({"DELETE", "/"}, {std::chrono::steady_clock::now() + kTime, kTime});
  }

  static void expectAccepted(const Exchange& exchange) { EXPECT_TRUE(exchange.response) << exchange.detail; }
  static void expectNotTrusted(const Exchange& exchange) {
    EXPECT_EQ(exchange.failure, Failure::TlsNotAcceptable) << exchange.detail;
    EXPECT_EQ(exchange.sends, 0);
  }

  std::atomic<int> resumptions{0};
};

// --- CA certificates, shared or read by libcurl ----------------------------------------------------------------------

class Authorities : public SharedTlsTest, public ::testing::WithParamInterface<bool> {
 protected:
  [[nodiscard]] std::unique_ptr<http::ConnectionPool> clientOf(const ScriptedServer& server,
                                                               const std::string& caFile) {
    return client(server.url(), caFile, GetParam());
  }
};

TEST_P(Authorities, ThatHaveChangedArePickedUpByTheNextConnection) {
  ScriptedServer server(accepts(3), TlsScript{});
  const ScriptedServer other({}, TlsScript{});
  const CaFile file(server.certificate());
  const auto pool = clientOf(server, file.path());
  expectAccepted(cancelBy(*pool));

  file.replaceBy(other.certificate());
  expectNotTrusted(cancelBy(*pool));

  server.changeCertificate();
  file.replaceBy(server.certificate());
  expectAccepted(cancelBy(*pool));
  EXPECT_EQ(server.deliveries(), 2);
}

TEST_P(Authorities, ThatHaveChangedBeforeTheFirstConnectionArePickedUpToo) {
  ScriptedServer server(accepts(1), TlsScript{});
  const ScriptedServer other({}, TlsScript{});
  const CaFile file(other.certificate());
  const auto pool = clientOf(server, file.path());
  file.replaceBy(server.certificate());
  expectAccepted(cancelBy(*pool));
}

TEST_P(Authorities, OfAnUnreadableFileVouchForNobody) {
  ScriptedServer server(accepts(1), TlsScript{});
  const TemporaryFile file(kNonsense);
  const auto pool = clientOf(server, file.path());
  expectNotTrusted(cancelBy(*pool));
}

TEST_P(Authorities, OfTheEnvironmentAreNotTrusted) {
  ScriptedServer server(accepts(1), TlsScript{});
  const TemporaryFile file(server.certificate());
  const ScopedEnvironment named("SSL_CERT_FILE", file.path().c_str());
  const auto pool = clientOf(server, "");
  expectNotTrusted(cancelBy(*pool));
}

TEST_P(Authorities, VouchForTheirOwnHostOnlyOnEveryConnection) {
  for (const bool tls12 : {false, true}) {  // with TLS 1.2, a session exists before the name is checked
    TlsScript script;
    script.names = "DNS:broker-api.alpaca.markets";
    script.onlyTls12 = tls12;
    ScriptedServer server(accepts(3), script);
    const TemporaryFile file(server.certificate());
    const auto pool = clientOf(server, file.path());
    for (int i = 0; i < 3; ++i) expectNotTrusted(cancelBy(*pool));
    EXPECT_EQ(server.deliveries(), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Authorities, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "Shared" : "LeftToLibcurl"; });

// --- what is shared --------------------------------------------------------------------------------------------------

class SharedTls : public SharedTlsTest {
 protected:
  void SetUp() override {
    if (!http::makeSharedTls("")) GTEST_SKIP() << "libcurl uses a different TLS library than this build";
  }
};

TEST_F(SharedTls, AFileThatIsBeingWrittenKeepsWhatWasTrusted) {
  ScriptedServer server(accepts(3), TlsScript{});
  const std::string half = server.certificate().substr(0, server.certificate().size() / 2);
  const CaFile file(server.certificate());
  const auto pool = client(server.url(), file.path());
  expectAccepted(cancelBy(*pool));
  file.overwriteBy(half);
  expectAccepted(cancelBy(*pool));
  file.overwriteBy("");
  expectAccepted(cancelBy(*pool));

  const ScriptedServer other({}, TlsScript{});
  file.overwriteBy(other.certificate());  // now the file is complete, and another one
  expectNotTrusted(cancelBy(*pool));
}

TEST_F(SharedTls, AnUnreadableFileIsNamedWithItsSetting) {
  ScriptedServer server(accepts(1), TlsScript{});
  const TemporaryFile file(kNonsense);
  const Exchange exchange = cancelBy(*client(server.url(), file.path()));
  EXPECT_THAT(exchange.detail, AllOf(HasSubstr("ClientOptions::tls.caFile"), HasSubstr(file.path())));
}

TEST_F(SharedTls, ConnectionsResumeEachOthersSessions) {
  for (const bool tls12 : {false, true}) {
    TlsScript script;
    script.onlyTls12 = tls12;
    ScriptedServer server(accepts(2), script);
    const TemporaryFile file(server.certificate());
    const auto pool = client(server.url(), file.path());
    resumptions = 0;
    expectAccepted(cancelBy(*pool));
    EXPECT_EQ(resumptions, 0);
    expectAccepted(cancelBy(*pool));
    EXPECT_EQ(resumptions, 1) << (tls12 ? "TLS 1.2" : "TLS 1.3");
  }
}

TEST_F(SharedTls, SessionsEndWithTheTrustThatTheyCameFrom) {
  ScriptedServer server(accepts(3), TlsScript{});
  const ScriptedServer other({}, TlsScript{});
  const CaFile file(server.certificate());
  const auto pool = client(server.url(), file.path());
  expectAccepted(cancelBy(*pool));
  file.replaceBy(other.certificate() + server.certificate());
  expectAccepted(cancelBy(*pool));
  EXPECT_EQ(resumptions, 0);
  expectAccepted(cancelBy(*pool));
  EXPECT_EQ(resumptions, 1);
}

TEST_F(SharedTls, TheCertificateIsLookedAtAgainSoonerOrLater) {
  constexpr int kConnections = 6;
  ScriptedServer server(accepts(kConnections), TlsScript{});
  const TemporaryFile file(server.certificate());
  const auto pool = client(server.url(), file.path());
  for (int i = 0; i < kConnections; ++i) expectAccepted(cancelBy(*pool));
  EXPECT_EQ(resumptions, 4);  // this server hands out two sessions with each full handshake
}

TEST_F(SharedTls, ServesManyThreadsWhileTheFileChanges) {
  constexpr std::size_t kThreads = 8;
  constexpr std::size_t kCalls = 10;
  ScriptedServer server(accepts(kThreads * kCalls), TlsScript{});
  const CaFile file(server.certificate());
  const auto pool = client(server.url(), file.path());
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (std::size_t j = 0; j < kCalls; ++j) {
        expectAccepted(cancelBy(*pool));
        if (j % 3 == 0) file.replaceBy(server.certificate());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(server.deliveries(), static_cast<int>(kThreads * kCalls));
}

}  // namespace
}  // namespace alpaca::broker

// Replaced credentials, and fork().
#include "base/base64.hpp"
#include "credentials/credential_source.hpp"
#include "faults/child_of_a_thread.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"

#include <alpaca/broker.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using test::Peer;
using test::ScriptedServer;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

Credentials numbered(int number) {
  return {"PK00" + std::to_string(number), "secret-secret-" + std::to_string(number)};
}

std::string lineOf(const Credentials& credentials) {
  return "Authorization: Basic " + base::base64(credentials.key() + ":" + credentials.secret()) + "\r\n";
}

// A broker that accepts one key at a time and quotes the credentials it refuses, and a vault with the accepted ones.
class RotationGuard : public ::testing::Test {
 protected:
  [[nodiscard]] ScriptedServer::Script serve() {
    return [this](Peer& peer) {
      for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest()) {
        const bool isGood = request.find(lineOf(numbered(inForce))) != std::string::npos;
        peer.send(isGood ? test::kAccepted : test::response("401 Unauthorized", request));
      }
    };
  }

  [[nodiscard]] std::unique_ptr<BrokerClient> client(const ScriptedServer& server) {
    ClientOptions options;
    options.baseUrl = server.url();
    options.rotation.provider = [this] { return numbered(inVault); };
    return std::make_unique<BrokerClient>(numbered(0), options);
  }

  std::atomic<int> inForce{0};
  std::atomic<int> inVault{0};
};

TEST_F(RotationGuard, NoCredentialIsShownOldOrNew) {
  ScriptedServer server({serve()});
  const auto own = client(server);
  inForce = 9;
  inVault = 1;
  const auto result = own->cancelOrder(account(), order());
  EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized);
  EXPECT_EQ(result.error().call.attempts, 2);
  for (const std::string& text : {result.error().message, result.error().body}) {
    for (const int number : {0, 1}) {
      const Credentials credentials = numbered(number);
      EXPECT_THAT(text, Not(HasSubstr(credentials.key())));
      EXPECT_THAT(text, Not(HasSubstr(credentials.secret())));
      EXPECT_THAT(text, Not(HasSubstr(base::base64(credentials.key() + ":" + credentials.secret()))));
    }
  }
  EXPECT_THAT(result.error().body, HasSubstr("Authorization: Basic [redacted]"));
}

// In the child, the rotation thread would be the only one, and would run forever.
TEST(RotationThread, EndsInAChildThatItsProviderMakes) {
  test::ChildOfAThread child;
  credentials::CredentialSource rotation(numbered(0), {[&] {
                                           child.fork();
                                           return numbered(1);
                                         }},
                                         "", std::chrono::steady_clock::now);
  EXPECT_EQ(rotation.renew(*rotation.current(), 20s, {}), credentials::RenewalResult::Newer);
  EXPECT_EQ(child.wait(), 0);
}

}  // namespace
}  // namespace alpaca::broker

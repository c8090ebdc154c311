// The code in the comments of the headers, and code that needs no client.
#include "desk.hpp"

#include <chrono>
#include <string>
#include <vector>

// docs/versions.md
#if ALPACA_BROKER_VERSION < 100  // 10,000 * major + 100 * minor + patch
#error "this desk needs alpaca-broker 0.1.0 or newer"
#endif

using broker::BrokerClient;
using broker::ClientOptions;
using broker::Credentials;
using broker::testing::MockBroker;
using testing::ElementsAre;

namespace {

class Reference : public Desk {
 protected:
  void use(const broker::CallInfo& call) { keep(call.requestId); }
  void handle(const broker::Error& error) { report(error); }
};

// Records which names it was asked for.
struct Vault {
  std::string read(const std::string& name) {
    asked.push_back(name);
    return name + "-of-the-vault";
  }
  std::vector<std::string> asked;
} vault;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): the example finds it anywhere

// result.hpp
TEST_F(Reference, ResultServesBothCamps) {
  mock.failNext(400);
  // clang-format off
  if (auto result = client.cancelOrder(account, order)) { use(result.call()); } else { handle(result.error()); }
  auto accepted = client.cancelOrder(account, order).value();   // or: throws BrokerError
  // clang-format on
  use(accepted.call);
  EXPECT_THAT(notes(), ElementsAre("report BadRequest", "keep the id"));
}

// options.hpp
TEST_F(Reference, ANewKeyComesFromTheVault) {
  // clang-format off
  ClientOptions options;
  options.rotation.provider = [] { return Credentials{vault.read("key"), vault.read("secret")}; };
  options.rotation.interval = std::chrono::minutes(5);
  BrokerClient client{options.rotation.provider(), options};
  // clang-format on
  EXPECT_THAT(vault.asked, ElementsAre("key", "secret"));
}

// testing/mock_broker.hpp
TEST_F(Reference, MockBrokerAnswers) {
  MockBroker broker;
  broker.addOrder(account, order, "new");
  BrokerClient client{broker.credentials(), broker.clientOptions()};
  EXPECT_TRUE(client.cancelOrder(account, order));
  EXPECT_EQ(broker.orderStatus(account, order), "pending_cancel");
}

}  // namespace

// The code in the comments of the headers, and code that needs no client.
#include "desk.hpp"

#include <chrono>
#include <string>
#include <vector>

// docs/versions.md
#if ALPACA_BROKER_VERSION < 200  // 10,000 * major + 100 * minor + patch
#error "this desk needs alpaca-broker 0.2.0 or newer"
#endif

using broker::BrokerClient;
using broker::ClientOptions;
using broker::Credentials;
using broker::Order;
using broker::OrderSide;
using broker::OrderType;
using broker::testing::MockBroker;
using testing::ElementsAre;

namespace {

class Reference : public Desk {
 protected:
  void use(const broker::CallInfo& call) { keep(call.requestId); }
  void handle(const broker::Error& error) { report(error); }
  void look(const broker::OrderId& id) { lookAt(id); }
};

// Records which names it was asked for.
struct Vault {
  std::string read(const std::string& name) {
    asked.push_back(name);
    return name + "-of-the-vault";
  }
  std::vector<std::string> asked;
} vault;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): the example finds it anywhere

// client.hpp
TEST_F(Reference, ACallTellsAcceptedFromDoubt) {
  // clang-format off
  if (auto result = client.cancelOrder(account, order)) {
    keep(result.call().requestId);  // accepted: the order may still fill before the cancel takes effect
  } else if (result.error().maybeApplied) {
    look(order);  // it may be canceled: read it before you act again
  }
  // clang-format on
  EXPECT_THAT(notes(), ElementsAre("keep the id"));
}

// open_enum.hpp
TEST_F(Reference, AnOpenEnumKeepsAWordOfALaterVersion) {
  Order order;
  order.side = OrderSide::Buy;
  order.type = OrderType("iceberg");
  // clang-format off
  if (order.side == OrderSide::Buy) { keep("bid"); }
  switch (order.type.kind()) {
    case OrderType::Limit: keep("limit"); break;
    default: keep(order.type.str());  // perhaps a word of a later version
  }
  // clang-format on
  EXPECT_THAT(notes(), ElementsAre("keep the id", "keep the id"));
}

// result.hpp
TEST_F(Reference, ResultServesBothCamps) {
  mock.failNext(400);
  // clang-format off
  if (auto result = client.cancelOrder(account, order)) { use(result.call()); } else { handle(result.error()); }
  Order now = client.getOrder(account, order).value();   // or let it throw BrokerError
  // clang-format on
  EXPECT_EQ(now.id, order);
  EXPECT_THAT(notes(), ElementsAre("report BadRequest"));
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

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using testing::MockBroker;
using testing::MockBrokerOptions;

TEST(MockBrokerTest, LetsAnAcceptedCancelTakeEffectWhenTold) {
  MockBroker mock;
  mock.addOrder(account(), order(), "partially_filled");
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  mock.settleCancels();
  EXPECT_EQ(mock.orderStatus(account(), order()), "canceled");
  EXPECT_EQ(client.cancelOrder(account(), order()).error().brokerMessage, R"(order is already in "canceled" state)");
}

TEST(MockBrokerTest, TakesTheCredentialsItWasGiven) {
  MockBrokerOptions options;
  options.credentials = Credentials{"my-own-key", "my:own:secret"};
  MockBroker mock{options};
  mock.addOrder(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  EXPECT_TRUE(client.cancelOrder(account(), order()));
}

TEST(MockBrokerTest, RefusesAPortThatIsTaken) {
  const MockBroker first;
  MockBrokerOptions options;
  options.port = first.port();
  EXPECT_THROW(MockBroker{options}, std::runtime_error);
}

TEST(MockBrokerTest, TakesItsCaFileAwayWithIt) {
  std::string path;
  {
    MockBrokerOptions options;
    options.tls = true;
    const MockBroker mock{options};
    path = mock.caFile();
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(MockBrokerTest, ServesMoreConnectionsThanTheMachineHasCores) {
  MockBroker mock;
  mock.addOrder(account(), order(), "filled");
  std::vector<std::unique_ptr<BrokerClient>> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(std::make_unique<BrokerClient>(mock.credentials(), mock.clientOptions()));
    EXPECT_EQ(clients.back()->cancelOrder(account(), order()).error().kind, ErrorKind::NotCancelable);
  }
  EXPECT_EQ(mock.requestCount(), 100U);
}

}  // namespace
}  // namespace alpaca::broker

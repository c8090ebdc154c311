#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "integration/mock_wire.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
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

TEST(MockBrokerTest, AcceptsAndRevokesCredentialsWhenTold) {
  MockBroker mock;
  const Credentials newer{"newer-key", "newer-secret"};
  const auto kindFor = [&](const Credentials& credentials) {
    BrokerClient client{credentials, mock.clientOptions()};
    return client.cancelOrder(account(), order()).error().kind;
  };
  EXPECT_EQ(kindFor(newer), ErrorKind::Unauthorized);
  mock.acceptCredentials(newer);
  EXPECT_EQ(kindFor(newer), ErrorKind::NotFound);
  EXPECT_EQ(kindFor(mock.credentials()), ErrorKind::NotFound);
  mock.revokeCredentials(mock.credentials());
  EXPECT_EQ(kindFor(newer), ErrorKind::NotFound);
  EXPECT_EQ(kindFor(mock.credentials()), ErrorKind::Unauthorized);
}

struct PortRow {
  const char* name;
  int port;
};

class PortThatDoesNotExist : public ::testing::TestWithParam<PortRow> {};

TEST_P(PortThatDoesNotExist, IsRefusedInsteadOfListeningOnAnother) {
  MockBrokerOptions options;
  options.port = GetParam().port;
  EXPECT_THROW(MockBroker{options}, std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(MockBrokerTest, PortThatDoesNotExist,
                         ::testing::Values(PortRow{"JustTooHigh", 65'536}, PortRow{"CutItWouldBe4464", 70'000},
                                           PortRow{"Negative", -1}, PortRow{"NegativeButCutItWouldFit", -65'000}),
                         test::kByName);

TEST(MockBrokerTest, RefusesAPortThatIsTaken) {
  const MockBroker first;
  MockBrokerOptions options;
  options.port = first.port();
  EXPECT_THROW(MockBroker{options}, std::runtime_error);
}

TEST(MockBrokerTest, ClosesConnectionsThatIdleForTooLong) {
  MockBrokerOptions options;
  options.idleTimeout = std::chrono::seconds(1);
  const MockBroker mock{options};
  const test::Wire wire(mock.port());
  wire.send("GET /v1/clock HTTP/1.1\r\nHost: mock\r\n\r\n");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(wire.readToEnd(), ::testing::HasSubstr("403"));
  EXPECT_GT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));  // the default idle time-out is 5 s
}

TEST(MockBrokerTest, RefusesATimeoutThatItCannotKeep) {
  MockBrokerOptions options;
  options.idleTimeout = std::chrono::seconds(0);
  EXPECT_THROW(MockBroker{options}, std::invalid_argument);
}

TEST(MockBrokerTest, TellsItsConnectionsApart) {
  MockBroker mock;
  test::ask(mock, "GET", "/v1/clock");
  test::ask(mock, "GET", "/v1/clock");
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ASSERT_TRUE(client.warmUp(1));
  ASSERT_TRUE(client.warmUp(1));
  const auto requests = mock.requests();
  EXPECT_NE(requests[0].clientPort, requests[1].clientPort);
  EXPECT_NE(requests[1].clientPort, requests[2].clientPort);
  EXPECT_EQ(requests[2].clientPort, requests[3].clientPort);
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

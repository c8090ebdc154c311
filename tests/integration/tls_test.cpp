#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using ::testing::HasSubstr;
using testing::MockBroker;
using testing::MockBrokerOptions;

MockBrokerOptions withTls() {
  MockBrokerOptions options;
  options.tls = true;
  return options;
}

class CancelOrderOverTls : public ::testing::Test {
 protected:
  CancelOrderOverTls() { mock.addOrder(account(), order(), "new"); }

  MockBroker mock{withTls()};
};

TEST_F(CancelOrderOverTls, WorksWithAPrivateCaFile) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
}

TEST_F(CancelOrderOverTls, WorksByHostName) {
  ClientOptions options = mock.clientOptions();
  options.baseUrl = "https://localhost:" + std::to_string(mock.port());
  BrokerClient client{mock.credentials(), options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_TRUE(result) << result.error().message;
}

TEST_F(CancelOrderOverTls, ReusesTheConnection) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  for (int i = 0; i < 20; ++i) static_cast<void>(client.cancelOrder(account(), order()));
  EXPECT_EQ(mock.requestCount(), 20U);
  for (const auto& request : mock.requests()) EXPECT_EQ(request.clientPort, mock.requests().front().clientPort);
}

TEST_F(CancelOrderOverTls, RefusesACertificateThatTheSystemDoesNotKnow) {
  ClientOptions options = mock.clientOptions();
  options.tls.caFile.clear();
  BrokerClient client{mock.credentials(), options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::NotSent);
  EXPECT_THAT(result.error().message, HasSubstr("not trusted"));
  EXPECT_EQ(result.error().call.sends, 0);
  EXPECT_EQ(mock.requestCount(), 0U);
}

TEST_F(CancelOrderOverTls, TrustsTheCallersAuthoritiesOnly) {
  const MockBroker other{withTls()};
  ClientOptions options = mock.clientOptions();
  options.tls.caFile = other.caFile();
  BrokerClient client{mock.credentials(), options};
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotSent);
  EXPECT_EQ(mock.requestCount(), 0U);
}

}  // namespace
}  // namespace alpaca::broker

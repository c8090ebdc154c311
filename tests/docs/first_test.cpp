#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <gtest/gtest.h>

namespace broker = alpaca::broker;

TEST(Desk, KnowsThatARefusalAfterA502MayBeItsOwnSuccess) {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();

  broker::testing::MockBroker mock;  // declared first: the mock must outlive the client
  mock.addOrder(account, order, "filled");
  mock.failNext(502, "<html>Bad Gateway</html>");

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto result = client.cancelOrder(account, order);  // a 502, then a retry: 422

  EXPECT_EQ(result.error().kind, broker::ErrorKind::NotCancelable);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(mock.requestCount(), 2U);
}

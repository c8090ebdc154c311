// Cancels an order: at the mock broker if the package has it, otherwise where it cannot be sent.
#include <alpaca/broker.hpp>
#ifdef WITH_MOCK_BROKER
#include <alpaca/broker/testing/mock_broker.hpp>
#endif

namespace broker = alpaca::broker;

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();
#ifdef WITH_MOCK_BROKER
  broker::testing::MockBroker mock;
  mock.addOrder(account, order, "new");
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  return client.cancelOrder(account, order) ? 0 : 1;
#else
  broker::ClientOptions options;
  options.baseUrl = "http://127.0.0.1:1";  // no server listens there
  broker::BrokerClient client{broker::Credentials{"key", "secret"}, options};
  const auto result = client.cancelOrder(account, order);
  return !result && result.error().kind == broker::ErrorKind::NotSent ? 0 : 1;
#endif
}

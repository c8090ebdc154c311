#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <iostream>

namespace broker = alpaca::broker;

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();

  broker::testing::MockBroker mock;  // a broker on 127.0.0.1, in this process
  mock.addOrder(account, order);

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  if (const auto result = client.cancelOrder(account, order)) {
    std::cout << "accepted, sent " << result.call().sends << " time(s)\n";
  } else {
    std::cout << toString(result.error().kind) << ": " << result.error().message << '\n';
  }
  std::cout << "the order is " << mock.orderStatus(account, order) << '\n';
}

// Runs the program named on the command line, which cancels an order at a mock broker: desk_test DESK
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

namespace broker = alpaca::broker;

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: desk_test DESK\n", 2;

  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();
  broker::testing::MockBroker mock;
  mock.addOrder(account, order, "new");

  ::setenv("ALPACA_BROKER_API_KEY", mock.credentials().key().c_str(), 1);
  ::setenv("ALPACA_BROKER_API_SECRET", mock.credentials().secret().c_str(), 1);
  const std::string command =
      std::string{argv[1]} + ' ' + account.str() + ' ' + order.str() + " --url " + mock.clientOptions().baseUrl;
  const int exitCode = std::system(command.c_str());

  const std::string status = mock.orderStatus(account, order);
  std::cout << "the order is " << status << " after " << mock.requestCount() << " request\n";
  return exitCode == 0 && status == "pending_cancel" && mock.requestCount() == 1 ? 0 : 1;
}

// Cancels one order: cancel_order ACCOUNT_ID ORDER_ID [--url URL]
// Takes ALPACA_BROKER_API_KEY and ALPACA_BROKER_API_SECRET from the environment; goes to the sandbox without --url.
#include <alpaca/broker.hpp>

#include <iostream>
#include <string>

namespace broker = alpaca::broker;

int main(int argc, char** argv) try {
  if (argc != 3 && argc != 5) return std::cerr << "usage: cancel_order ACCOUNT_ID ORDER_ID [--url URL]\n", 2;

  broker::ClientOptions options;
  if (argc == 5) options.baseUrl = argv[4];
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), options};

  const auto account = broker::AccountId::parse(argv[1]).value();
  const auto order = broker::OrderId::parse(argv[2]).value();
  const auto result = client.cancelOrder(account, order);
  result.value();  // throws BrokerError unless the cancel was accepted

  const std::string told = "cancel accepted, request id " + result.call().requestId;
  if (std::cout << told << std::endl) return 0;
  return std::cerr << told << ", but the output cannot be written\n", 6;
} catch (const broker::BrokerError& failure) {
  std::cerr << toString(failure.error().kind) << ": " << failure.what() << '\n';
  return failure.error().maybeApplied ? 3 : 1;
}

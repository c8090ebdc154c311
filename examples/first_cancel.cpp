// The README's first program: cancels one order. Key and secret come from the environment, see README.md.
// Exit status: 0 accepted, 1 not canceled, 2 usage, 3 unknown.
#include <alpaca/broker.hpp>
#include <iostream>

int main(int argc, char** argv) try {
  using namespace alpaca::broker;
  if (argc != 3 && argc != 5) return std::cerr << "usage: first_cancel ACCOUNT_ID ORDER_ID [--url URL]\n", 2;
  ClientOptions options;  // Alpaca's sandbox, unless --url names another broker
  if (argc == 5) options.baseUrl = argv[4];
  const BrokerClient client{Credentials::fromEnvironment(), options};
  client.cancelOrder(AccountId::parse(argv[1]).value(), OrderId::parse(argv[2]).value()).value();
  std::cout << "accepted: the order may still fill before the cancel takes effect\n";
} catch (const alpaca::broker::BrokerError& failure) {
  std::cerr << failure.what() << '\n';
  return failure.error().maybeApplied ? 3 : 1;  // 3: it may be canceled, so read the order before you act
}

#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

void rawOrderId(broker::BrokerClient& client, const broker::AccountId& account) {
  static_cast<void>(client.cancelOrder(account, "61e69015-8549-4bfd-b9c3-01e75843f47d"));
}

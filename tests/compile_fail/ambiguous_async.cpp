#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

// An empty callback, or no options and a future? The compiler must ask.
void submit(broker::BrokerClient& client, const broker::AccountId& account, const broker::OrderId& order) {
  static_cast<void>(client.cancelOrderAsync(account, order, {}));
}

#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

// An empty callback, or options and a future? The compiler must reject the ambiguity.
void submit(broker::BrokerClient& client, const broker::AccountId& account, const broker::OrderId& order) {
  static_cast<void>(client.cancelOrderAsync(account, order, {}));
}

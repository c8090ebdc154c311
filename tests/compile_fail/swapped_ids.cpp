#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

void swappedIds(broker::BrokerClient& client, const broker::AccountId& account, const broker::OrderId& order) {
  static_cast<void>(client.cancelOrder(order, account));
}

#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

void ignoredResult(broker::BrokerClient& client, const broker::AccountId& account, const broker::OrderId& order) {
  client.cancelOrder(account, order);
}

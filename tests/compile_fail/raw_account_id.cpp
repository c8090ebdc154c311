#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

void rawAccountId(broker::BrokerClient& client, const broker::OrderId& order) {
  static_cast<void>(client.cancelOrder("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b", order));
}

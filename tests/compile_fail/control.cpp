#include <alpaca/broker.hpp>

#include <utility>

namespace broker = alpaca::broker;

void control(broker::BrokerClient& client, const broker::AccountId& account, const broker::OrderId& order) {
  if (!client.cancelOrder(account, order)) return;
  const auto parsed = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d");
  static_cast<void>(client.cancelOrder(account, parsed.value()));
  const broker::BrokerClient moved{std::move(client)};
  static_cast<void>(moved);
}

#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>

#include <chrono>
#include <utility>

namespace broker = alpaca::broker;

void control(broker::BrokerClient& client, const broker::AccountId& account, const broker::OrderId& order) {
  if (!client.cancelOrder(account, order)) return;
  const auto parsed = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d");
  static_cast<void>(client.cancelOrder(account, parsed.value()));
  broker::future::cancelOrder(client, account, order).wait();
  broker::future::cancelOrder(client, account, order, broker::CallOptions{std::chrono::seconds(1)}).wait();
  if (!client.cancelOrderAsync(account, order, [](const auto& result) { static_cast<void>(result); })) return;
  const broker::BrokerClient moved{std::move(client)};
  static_cast<void>(moved);
}

#include "workflows/distinct_orders.hpp"

#include <utility>

namespace alpaca::broker::workflows {
namespace {

std::size_t slotsFor(std::size_t orders) noexcept {
  std::size_t slots = 2;
  while (slots < orders + orders / 2) slots *= 2;
  return slots;
}

}  // namespace

DistinctOrders::DistinctOrders(std::size_t most, OrderAt orderAt)
    : orderAt_(std::move(orderAt)), slots_(slotsFor(most)) {}

std::size_t DistinctOrders::add(std::size_t index) {
  const OrderRef& order = orderAt_(index);
  // Hashes only the order's id: two accounts rarely share one, and the account id would be one more text to fetch.
  const std::size_t hash = std::hash<OrderId>{}(order.orderId);
  const auto mark = static_cast<std::uint32_t>(hash >> 16U);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].number != 0; at = (at + 1) & mask) {
    const std::size_t known = slots_[at].number - 1;
    if (slots_[at].hash == mark && orderAt_(known) == order) return known;
  }
  slots_[at] = {static_cast<std::uint32_t>(index + 1), mark};
  return index;
}

}  // namespace alpaca::broker::workflows

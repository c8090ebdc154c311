#pragma once

#include <alpaca/broker/batch.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace alpaca::broker::workflows {

/// Finds duplicates among many orders. A million is cheap: about 16 bytes per order, allocated once.
class DistinctOrders {
 public:
  using OrderAt = std::function<const OrderRef&(std::size_t index)>;

  /// @param orderAt returns an added order by its number
  DistinctOrders(std::size_t maxOrders, OrderAt orderAt) : orderAt_(std::move(orderAt)), slots_(slotsFor(maxOrders)) {}

  /// Adds the order of this number.
  /// @return the number of the first equal order; its own number if it is new
  std::size_t add(std::size_t index) {
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

 private:
  struct Slot {
    std::uint32_t number = 0;  // index + 1; 0: free slot. No memory holds four billion orders
    std::uint32_t hash = 0;    // avoids nearly every comparison with a different order
  };

  // Returns a power of two, of which at most two thirds are used.
  static std::size_t slotsFor(std::size_t orders) noexcept {
    std::size_t slots = 2;
    while (slots < orders + orders / 2) slots *= 2;
    return slots;
  }

  const OrderAt orderAt_;
  std::vector<Slot> slots_;
};

}  // namespace alpaca::broker::workflows

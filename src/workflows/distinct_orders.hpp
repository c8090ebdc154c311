#pragma once

#include <alpaca/broker/batch.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace alpaca::broker::workflows {

/// Which of many orders are the same. Cheap enough for a million: some 16 bytes for each, taken at once.
class DistinctOrders {
 public:
  using OrderAt = std::function<const OrderRef&(std::size_t index)>;

  /// @param orderAt gives the orders that were added, by their numbers
  DistinctOrders(std::size_t most, OrderAt orderAt);

  /// Adds the order of this number.
  /// @return the number of the first one that was the same; its own when it is new
  std::size_t add(std::size_t index);

 private:
  struct Slot {
    std::uint32_t number = 0;  // and one; 0: free. Four billion orders would not fit into any memory
    std::uint32_t hash = 0;    // spares nearly every look at an order that is another one
  };

  const OrderAt orderAt_;
  std::vector<Slot> slots_;  // a power of two, never more than two thirds full
};

}  // namespace alpaca::broker::workflows

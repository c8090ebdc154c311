#pragma once

#include <alpaca/broker/batch.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace alpaca::broker::workflows {

/// Finds duplicates among many orders. A million is cheap: about 16 bytes per order, allocated once.
class DistinctOrders {
 public:
  using OrderAt = std::function<const OrderRef&(std::size_t index)>;

  /// @param orderAt returns an added order by its number
  DistinctOrders(std::size_t most, OrderAt orderAt);

  /// Adds the order of this number.
  /// @return the number of the first equal order; its own number if it is new
  std::size_t add(std::size_t index);

 private:
  struct Slot {
    std::uint32_t number = 0;  // index + 1; 0: free slot. No memory holds four billion orders
    std::uint32_t hash = 0;    // avoids nearly every comparison with a different order
  };

  const OrderAt orderAt_;
  std::vector<Slot> slots_;  // the size is a power of two; at most two thirds are full
};

}  // namespace alpaca::broker::workflows

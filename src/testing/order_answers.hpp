#pragma once

#include "testing/answer.hpp"
#include "testing/order_book.hpp"
#include "testing/route.hpp"

namespace alpaca::broker::testing {

/// What answers depend on beside the orders.
struct Circumstances {
  WallTime now{};
  bool isMarketOpen = true;
  bool cancelAllBodies = true;  ///< whether entries in the answer to "cancel all" have bodies
};

/// Acts on a request and returns the broker's answer.
Answer actOn(const Route& route, OrderBook& orders, const Circumstances& circumstances);

}  // namespace alpaca::broker::testing

#pragma once

#include "testing/answer.hpp"
#include "testing/order_book.hpp"
#include "testing/route.hpp"

namespace alpaca::broker::testing {

/// Acts on a request and returns the broker's answer.
///
/// @param cancelAllBodies whether entries in the answer to "cancel all" have bodies
Answer actOn(const Route& route, OrderBook& orders, WallTime now, bool cancelAllBodies);

}  // namespace alpaca::broker::testing

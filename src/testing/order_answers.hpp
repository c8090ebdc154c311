#pragma once

#include "testing/answer.hpp"
#include "testing/order_book.hpp"
#include "testing/route.hpp"

namespace alpaca::broker::testing {

/// Acts on a request, and says what the broker answers to it.
///
/// @param cancelAllBodies whether the entries of the answer to "cancel all" have bodies
Answer actOn(const Route& route, OrderBook& orders, WallTime now, bool cancelAllBodies);

}  // namespace alpaca::broker::testing

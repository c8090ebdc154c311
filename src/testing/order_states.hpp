#pragma once

#include "testing/times.hpp"

#include <alpaca/broker/order.hpp>

#include <string>

/// What becomes of an order: pure functions of the order and the time.
namespace alpaca::broker::testing {

/// An order with plausible details in this status, that entered it now. @throws std::invalid_argument for no status.
Order plausibleOrder(const OrderId& id, const std::string& status, WallTime now);

/// Gives an order what every order at the broker has: a status, times, a filled quantity. Keeps what is there.
void complete(Order& order, WallTime now);

/// Puts the order into this status, with the times and quantities that go with it.
/// @throws std::invalid_argument for no status.
void enter(Order& order, const std::string& status, WallTime now);

/// Lets `quantity` of it be filled by now. An order that waits for a cancel or a replacement goes on waiting.
void fillPartly(Order& order, const Decimal& quantity, WallTime now);

/// A new order in place of this one.
Order replacement(const Order& order, const OrderId& id, WallTime now);

/// False for an order in a final state, or pending a cancel or a replacement.
bool isCancelable(const OrderStatus& status) noexcept;

}  // namespace alpaca::broker::testing

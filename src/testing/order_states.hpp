#pragma once

#include "testing/times.hpp"

#include <alpaca/broker/order.hpp>

#include <string>

/// Pure functions that change an order over time.
namespace alpaca::broker::testing {

/// Returns an order with plausible details that enters this status now.
/// @throws std::invalid_argument for an empty status
Order plausibleOrder(const OrderId& id, const std::string& status, WallTime now);

/// Adds what every order at the broker has: a status, times, a filled quantity. Keeps existing values.
void complete(Order& order, WallTime now);

/// Puts the order into this status, and sets the times and quantities that belong to it.
/// @throws std::invalid_argument for an empty status
void enter(Order& order, const std::string& status, WallTime now);

/// Sets the filled quantity to `quantity` as of now. A pending cancel or replacement stays pending.
void fillPartly(Order& order, const Decimal& quantity, WallTime now);

/// Returns a new order that replaces this one.
Order replacement(const Order& order, const OrderId& id, WallTime now);

/// False for an order in a final state, or with a pending cancel or replacement.
bool isCancelable(const OrderStatus& status) noexcept;

}  // namespace alpaca::broker::testing

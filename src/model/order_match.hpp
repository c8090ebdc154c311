#pragma once

#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Whether an order is what was asked for: pure functions. A broker that ignores a parameter lists others as well.
namespace alpaca::broker::model {

/// True when side and symbols of the filter let the order pass.
bool matches(const Order& order, const OrderFilter& filter) noexcept;

/// True when the order does not say what the filter asks for: a side or a symbol that is missing or cannot be read.
/// Then nobody knows whether it is meant. A multi-leg order has none of its own, and says so by its class or legs.
bool isUndecided(const Order& order, const OrderFilter& filter) noexcept;

/// True when a value came for this field of the API that could not be read.
bool isUnreadable(const Order& order, std::string_view field) noexcept;

/// True when an order of this status belongs to that part of the account's orders.
bool isInPart(const OrderStatus& status, OrderFilter::Status part) noexcept;

/// True when the order has this side. An order whose side is missing or another word has neither.
bool isOfSide(const Order& order, OrderSide side) noexcept;

/// True when the order, or one of its legs, is for one of these symbols.
bool isForAnyOf(const Order& order, const std::vector<std::string>& symbols) noexcept;

/// `BTC/USD` and `btcusd` are one symbol.
bool isSameSymbol(std::string_view a, std::string_view b) noexcept;

}  // namespace alpaca::broker::model

#pragma once

#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>
#include <alpaca/broker/utc_time.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Decides whether an order matches a filter. All are pure functions. They are needed because a broker that ignores a
/// query parameter lists other orders as well.
namespace alpaca::broker::model {

/// True when the order matches the filter's side, symbols and times.
bool matches(const Order& order, const OrderFilter& filter) noexcept;

/// Names what the filter needs and the order lacks or states unreadably: its side, its symbol or its time of
/// submission. Such an order may or may not match. A multi-leg order has no side or symbol of its own. Its class or
/// legs show this, so it lacks none. Empty when the order lacks nothing.
std::string_view lackOf(const Order& order, const OrderFilter& filter) noexcept;

/// True when the order may or may not match.
inline bool isUndecided(const Order& order, const OrderFilter& filter) noexcept {
  return !lackOf(order, filter).empty();
}

/// Returns when the order was submitted; nothing when that is missing or unreadable.
std::optional<UtcTime> timeOf(const Order& order) noexcept;

/// True when this field of the API arrived with a value that could not be read.
bool isUnreadable(const Order& order, std::string_view field) noexcept;

/// True when an order with this status belongs to that part of the account's orders.
bool isInPart(const OrderStatus& status, OrderFilter::Status part) noexcept;

/// True when the order has this side, `Buy` or `Sell`, or a rarer form of it. An order with a missing or unknown side
/// has neither.
bool isOfSide(const Order& order, OrderSide::Kind side) noexcept;

/// True for a bracket, OCO or OTO order, or a leg of one: the cancel of one member ends the whole group. Inline, as
/// the mock broker uses it: a shared library does not export the other functions.
inline bool isOfGroup(const Order& order) noexcept {
  const OrderClass::Kind kind = order.orderClass.kind();
  return kind == OrderClass::Bracket || kind == OrderClass::Oco || kind == OrderClass::Oto;
}

/// True when the order, or one of its legs, is for one of these symbols.
bool isForAnyOf(const Order& order, const std::vector<std::string>& symbols) noexcept;

/// True for two spellings of one symbol, such as `BTC/USD` and `btcusd`.
bool isSameSymbol(std::string_view a, std::string_view b) noexcept;

}  // namespace alpaca::broker::model

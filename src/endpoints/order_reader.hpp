#pragma once

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace alpaca::broker::endpoints {

/// The most that is read of an answer that holds a list of orders. The largest page, 500 orders of four legs each with
/// every field set, takes about 4 MB; what a cancel of all orders may answer is not limited by the broker.
inline constexpr std::size_t kLargeBody = std::size_t{16} * 1024 * 1024;

/// Reads an order out of what `parseJson` gave. A field that is missing, `null` or an empty text is absent. One that is
/// not what it should be (a time that is no time, a list for a word) is kept as text and listed in `Order::unreadable`.
/// Only what has no valid id is no order, and what has a leg without one. A multi-leg order has no symbol.
std::optional<Order> readOrder(const nlohmann::json& json);

/// Reads a list of them. One that cannot be read spoils the list: a list that is silently short is worse than none.
std::optional<std::vector<Order>> readOrders(const nlohmann::json& json);

/// True when the order, or one of its legs, carries an `account_id` that is not this account's, in whatever case. Most
/// orders carry none.
bool isOfAnotherAccount(const nlohmann::json& order, const AccountId& account);

}  // namespace alpaca::broker::endpoints

#pragma once

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>

namespace alpaca::broker::endpoints {

/// The size limit for an answer that holds a list of orders. The largest page takes about 4 MB: 500 orders of four legs
/// each, with every field set. The broker sets no limit on the answer to a cancel of all orders.
inline constexpr std::size_t kLargeBody = std::size_t{16} * 1024 * 1024;

/// Reads an order from parsed JSON. A field that is missing, `null` or an empty text is absent. A field of the wrong
/// type is kept as text and listed in `Order::unreadable`: a time that is not one, or a list for a word. Only something
/// without a valid id, or with such a leg, is not an order: leaving out the leg silently would be worse. A multi-leg
/// order has no symbol.
std::optional<Order> readOrder(const nlohmann::json& json);

/// True when the order, or one of its legs, carries the `account_id` of another account. Ignores case. Most orders
/// carry none.
bool isOfAnotherAccount(const nlohmann::json& order, const AccountId& account);

}  // namespace alpaca::broker::endpoints

#pragma once

#include <alpaca/broker/order.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace alpaca::broker::core {

/// The most that is read of an answer that holds a list of orders. The largest page, 500 orders of four legs each with
/// every field set, takes about 4 MB; what a cancel of all orders may answer is not limited by the broker.
inline constexpr std::size_t kLargeBody = std::size_t{16} * 1024 * 1024;

/// Reads an order out of what `parseJson` gave. A field that is missing, `null`, of another type or not what it should
/// be (a time that is no time) is absent; but an order without an id or a symbol, or with a leg like that, is none.
std::optional<Order> readOrder(const nlohmann::json& json);

/// Reads a list of them. One that cannot be read spoils the list: a list that is silently short is worse than none.
std::optional<std::vector<Order>> readOrders(const nlohmann::json& json);

}  // namespace alpaca::broker::core

#pragma once

#include <alpaca/broker/order.hpp>

#include <nlohmann/json.hpp>

namespace alpaca::broker::testing {

/// Returns the order as the Broker API writes it, with decimals as text. Absent fields are `null`, or left out where
/// the API's description does not allow `null`.
nlohmann::json orderJson(const Order& order);

}  // namespace alpaca::broker::testing

#pragma once

#include <alpaca/broker/order.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace alpaca::broker::testing {

/// The order as the Broker API writes it, with decimals as text. What is absent is `null`, or left out where the API's
/// description does not allow `null`.
nlohmann::json orderJson(const Order& order);

/// The text of a body. Bytes that are not UTF-8 are replaced.
std::string written(const nlohmann::json& json);

}  // namespace alpaca::broker::testing

#pragma once

#include "http/message.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/result.hpp>

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string>

/// What the two reads of one order share.
namespace alpaca::broker::endpoints::one_order {

/// Says in a sentence why an order is not the one that was asked for; nothing if it is.
using Objection = std::function<std::optional<std::string>(const Order& order)>;

/// The order in an answer. One that is another account's, or to which there is an objection, is an error: nothing that
/// it says is believed.
/// @param json what the answer holds; nothing when that cannot be read
Result<Order> read(const http::HttpResponse& response, const nlohmann::json* json, const AccountId& account,
                   const Objection& objection);

}  // namespace alpaca::broker::endpoints::one_order

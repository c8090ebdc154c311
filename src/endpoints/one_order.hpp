#pragma once

#include "http/message.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/result.hpp>

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string>

/// What both endpoints that read one order share.
namespace alpaca::broker::endpoints::one_order {

/// Returns, as a sentence, why the order is not the one that was asked for; nothing if it is.
using Objection = std::function<std::optional<std::string>(const Order& order)>;

/// Reads the order in an answer. An order of another account, or one with an objection, is an error: none of its
/// content counts.
/// @param json the content of the answer; null when that is unreadable
Result<Order> read(const http::HttpResponse& response, const nlohmann::json* json, const AccountId& account,
                   const Objection& objection);

}  // namespace alpaca::broker::endpoints::one_order

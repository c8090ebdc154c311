#pragma once

#include "http/message.hpp"

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/result.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

/// What all endpoints that only read share.
namespace alpaca::broker::endpoints {

/// The one status of a successful read.
inline constexpr int kOk = 200;

/// Reads the one order in an answer. An order of another account is an error: none of its content counts.
/// @param json the content of the answer; null when that is unreadable
Result<Order> readOneOrder(const http::HttpResponse& response, const nlohmann::json* json, const AccountId& account);

/// The error of a readable answer about something other than what was asked for. `how` says so in a sentence.
Error errorForAnother(const http::HttpResponse& response, std::string how);

/// The error of a 200 that does not hold what was asked for. It says why, as far as the answer shows it.
Error errorForUnreadable(const http::HttpResponse& response);

/// Returns what a failed read means, and what to do next.
std::string_view readAdvice(const Error& error) noexcept;

}  // namespace alpaca::broker::endpoints

#pragma once

#include "http/message.hpp"

#include <alpaca/broker/error.hpp>

#include <string>
#include <string_view>

/// What all endpoints that only read share.
namespace alpaca::broker::endpoints {

/// The error of a readable answer about something other than what was asked for. `how` says so in a sentence.
Error errorForAnother(const http::HttpResponse& response, std::string how);

/// Returns what a failed read means, and what to do next.
std::string_view readAdvice(const Error& error) noexcept;

}  // namespace alpaca::broker::endpoints

#pragma once

#include "http/message.hpp"

#include <alpaca/broker/error.hpp>

#include <string>
#include <string_view>

/// What is the same for all endpoints that only read.
namespace alpaca::broker::endpoints {

/// What it means that a readable answer is about something else than what was asked for. `how` says so in a sentence.
Error errorForAnother(const http::HttpResponse& response, std::string how);

/// What a failed read means, and what to do next.
std::string_view readAdvice(const Error& error) noexcept;

}  // namespace alpaca::broker::endpoints

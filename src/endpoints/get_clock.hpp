#pragma once

#include "call/operation.hpp"

#include <alpaca/broker/warm_up.hpp>

#include <chrono>

/// GET /v1/clock: warms connections. It is cheap, and the broker refuses it without valid credentials.
namespace alpaca::broker::endpoints::get_clock {

/// @param unusedSince the request warms only a connection unused since then: see `http::HttpRequest::warmsUnusedSince`
call::RequestSpec request(std::chrono::steady_clock::time_point unusedSince);

/// Reads the clock. Any other content came from something in between, like a network's log-in page.
Result<MarketClock> response(const http::HttpResponse& response);

/// What a failure means for trading over this route.
std::string_view advice(const Error& error) noexcept;

inline call::Operation<MarketClock> operation(std::chrono::steady_clock::time_point unusedSince) {
  return {request(unusedSince), response, advice};
}

}  // namespace alpaca::broker::endpoints::get_clock

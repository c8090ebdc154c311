#pragma once

#include "call/operation.hpp"

#include <alpaca/broker/warm_up.hpp>

#include <chrono>

/// GET /v1/clock: cheap, and refused without the right credentials. What warms connections.
namespace alpaca::broker::endpoints::get_clock {

struct Reading {
  MarketClock clock{};
  CallInfo call{};
};

/// @param unusedSince of a connection, for it to be worth warming: see `http::HttpRequest::warmsUnusedSince`
call::RequestSpec request(std::chrono::steady_clock::time_point unusedSince);

/// Whatever is not exactly a clock came from something else in between, like the log-in page of a network.
Result<Reading> response(const http::HttpResponse& response);

/// What a failure means for who wants to trade over this route.
std::string_view advice(const Error& error) noexcept;

inline call::Operation<Reading> operation(std::chrono::steady_clock::time_point unusedSince) {
  return {request(unusedSince), response, advice};
}

}  // namespace alpaca::broker::endpoints::get_clock

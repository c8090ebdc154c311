#pragma once

#include "http/message.hpp"

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace alpaca::broker::call {

/// The broker refuses a request because of its rate limit.
inline constexpr int kTooManyRequests = 429;

/// What the headers of a response say, apart from the answer itself.
struct ResponseHeaders {
  /// The broker's `X-Request-ID`, unchanged; empty when there is none. See `makePrintable`.
  std::string requestId{};

  /// The rate limit from the `X-RateLimit-*` headers, or else from the IETF's. Absent unless all three values are
  /// present and unambiguous.
  std::optional<RateLimit> rateLimit{};

  /// How long the broker asks to wait: `Retry-After` in seconds or as a date, at most a year. Without it, a 429 counts
  /// until the rate limit's reset, if that is within a day. Dates are compared with the response's own `Date`. Negative
  /// values, garbled values and past moments count as absent.
  std::optional<std::chrono::milliseconds> retryAfter{};
};

ResponseHeaders readHeaders(const http::HttpResponse& response);

/// Replaces unprintable characters. Cuts an id of more than 256 characters to that length, and says so.
void makePrintable(std::string& requestId);

}  // namespace alpaca::broker::call

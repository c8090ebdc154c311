#pragma once

#include "http/message.hpp"

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace alpaca::broker::call {

/// What the headers of a response say besides the answer itself.
struct ResponseHeaders {
  /// The broker's `X-Request-ID` as it came; empty when there is none. See `makePrintable`.
  std::string requestId{};

  /// What the `X-RateLimit-*` headers say, else the IETF's; nothing unless all three values are there and clear.
  std::optional<RateLimit> rateLimit{};

  /// How long the broker asks to wait: `Retry-After` in seconds or as a date, a year at most, else, on 429, until the
  /// rate limit's reset, if that is within a day. Dates are measured against the response's own `Date`. Negative and
  /// garbled values, and moments in the past, count as absent.
  std::optional<std::chrono::milliseconds> retryAfter{};
};

ResponseHeaders readHeaders(const http::HttpResponse& response);

/// Replaces what is not printable, and of more than 256 characters keeps the first 256 and says so.
void makePrintable(std::string& requestId);

}  // namespace alpaca::broker::call

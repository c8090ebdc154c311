#pragma once

#include "http/message.hpp"

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace alpaca::broker::core {

/// What the headers of a response say besides the answer itself.
struct ResponseFacts {
  /// The broker's `X-Request-ID`; empty when there is none that can be printed safely.
  std::string requestId{};

  /// What the `X-RateLimit-*` headers say; nothing unless all three are there and make sense.
  std::optional<RateLimit> rateLimit{};

  /// How long the broker asks to wait: `Retry-After` in seconds or as a date, else, on 429, until `X-RateLimit-Reset`.
  /// Dates are measured against the response's own `Date`. Negative, absurd and garbled values count as absent.
  std::optional<std::chrono::milliseconds> retryAfter{};
};

ResponseFacts factsOf(const http::HttpResponse& response);

}  // namespace alpaca::broker::core

#pragma once

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker::call {

using HeaderValue = std::optional<std::string_view>;

/// The rate-limit headers of a response, unparsed.
struct RateLimitHeaders {
  struct Triple {
    HeaderValue limit, remaining, reset;
  };
  Triple custom;       ///< `X-RateLimit-Limit`, `-Remaining`, `-Reset`
  Triple ietf;         ///< `RateLimit-Limit`, `-Remaining`, `-Reset`
  HeaderValue item;    ///< `RateLimit`: `limit=100, remaining=50, reset=30` or `"name";r=50;t=30`
  HeaderValue policy;  ///< `RateLimit-Policy`: `"name";q=100;w=60`
};

/// Reads the rate limit, from the `X-` headers first. Several policies count as none: it is unknown which one applies.
/// @param now by the server's clock
/// @return nothing unless limit, remaining and reset are all present and unambiguous
std::optional<RateLimit> readRateLimit(const RateLimitHeaders& headers, std::chrono::system_clock::time_point now);

/// Returns the time until the window resets, from the first form with a readable reset.
std::optional<std::chrono::milliseconds> readReset(const RateLimitHeaders& headers,
                                                   std::chrono::system_clock::time_point now);

/// Reads a number of seconds, "7" or "1.5". Rounds it up to the millisecond and caps it at a year. Returns nothing for
/// any other text, even one with a sign.
std::optional<std::chrono::milliseconds> readSeconds(std::string_view text) noexcept;

}  // namespace alpaca::broker::call

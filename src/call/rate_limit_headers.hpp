#pragma once

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker::call {

using HeaderValue = std::optional<std::string_view>;

/// The headers in which a server tells of its rate limit, as they came.
struct RateLimitHeaders {
  struct Triple {
    HeaderValue limit, remaining, reset;
  };
  Triple custom;       ///< `X-RateLimit-Limit`, `-Remaining`, `-Reset`
  Triple ietf;         ///< `RateLimit-Limit`, `-Remaining`, `-Reset`
  HeaderValue item;    ///< `RateLimit`: `limit=100, remaining=50, reset=30` or `"name";r=50;t=30`
  HeaderValue policy;  ///< `RateLimit-Policy`: `"name";q=100;w=60`
};

/// Reads them, `X-` first; of several policies none, as nobody knows which one counts.
/// @param now by the server's clock
/// @return nothing unless limit, remaining and reset are all there and can mean one thing only
std::optional<RateLimit> readRateLimit(const RateLimitHeaders& headers, std::chrono::system_clock::time_point now);

/// How long until the window starts anew, by the first of the forms whose reset can be read.
std::optional<std::chrono::milliseconds> readReset(const RateLimitHeaders& headers,
                                                   std::chrono::system_clock::time_point now);

/// A number of seconds, "7" or "1.5", rounded up to the millisecond and no longer than a year. Nothing for anything
/// else, a sign included.
std::optional<std::chrono::milliseconds> readSeconds(std::string_view text) noexcept;

}  // namespace alpaca::broker::call

#pragma once

#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The broker's own count of the requests that you may still send. Read from the `X-RateLimit-*` headers of the last
/// response, or from the IETF's `RateLimit-*` headers when the former are missing or unreadable.
///
/// The limit is per correspondent: all accounts and processes that use the same credentials share it.
struct RateLimit {
  int limit = 0;                         ///< requests allowed per window
  int remaining = 0;                     ///< requests left in the current window
  UtcTime resetAt{};                     ///< when the next window starts, by the broker's clock
  std::chrono::milliseconds resetIn{0};  ///< the time from the response until `resetAt`, by the broker's clock
};

/// How a call went. Every `Result` of a call carries one, on success and failure alike: `Result::call()`.
///
/// For a call that makes several requests, `attempts` and `sends` count all of them, and request id and rate limit are
/// those of its last answer. Where a call differs, it says so: `cancelOrders`, `cancelOrderAndConfirm`, `killSwitch`.
struct CallInfo {
  /// The broker's `X-Request-ID`. Store it: Alpaca's support asks for it, and it cannot be looked up later.
  /// Empty when no response came, or it had no id. Always printable: other characters are replaced by `?`. An id of
  /// more than 256 characters is cut to the first 256, followed by `... (cut)`.
  std::string requestId{};

  /// The number of attempts, whether or not anything was sent. 0 when the call was refused before the first one.
  int attempts = 0;

  /// The number of requests that may have reached the broker, over all attempts. 0 means: certainly none.
  int sends = 0;

  /// The time from the start of the call to its return.
  std::chrono::nanoseconds elapsed{0};

  /// The rate limit. Absent when no response came, or its headers do not give all three values clearly.
  std::optional<RateLimit> rateLimit{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

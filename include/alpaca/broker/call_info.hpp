#pragma once

#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The broker's own count of what you may still send, from the `X-RateLimit-*` headers of the last response, or from
/// the IETF's `RateLimit-*` headers when those are missing or unreadable. The limit is per correspondent: all accounts
/// and all processes that use the same credentials share it.
struct RateLimit {
  int limit = 0;                         ///< requests allowed per window
  int remaining = 0;                     ///< requests left in the current window
  UtcTime resetAt{};                     ///< when the window starts anew, by the broker's clock
  std::chrono::milliseconds resetIn{0};  ///< how long that was from the response, by the broker's clock
};

/// How a call went. Every `Result` of a call carries one, on success and failure alike: `Result::call()`.
///
/// For a call that makes several requests, `attempts` and `sends` count all of them. Its request id and rate limit are
/// those of the last answer, unless the call says otherwise.
struct CallInfo {
  /// The broker's `X-Request-ID`. Store it: Alpaca's support asks for it, and it cannot be looked up later.
  /// Empty when no response came or it had none. Always printable: any other character is replaced by `?`. Of an id of
  /// more than 256 characters the first 256 are kept, followed by `... (cut)`.
  std::string requestId{};

  /// How often the call was tried, whether or not anything could be sent. 0 when it was refused before the first try.
  int attempts = 0;

  /// How many requests may have reached the broker, over all attempts. 0 means: certainly none.
  int sends = 0;

  /// From the entry into the call to its return.
  std::chrono::nanoseconds elapsed{0};

  /// Absent when no response came, or its headers do not say all three values clearly.
  std::optional<RateLimit> rateLimit{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

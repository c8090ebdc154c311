#pragma once

#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <alpaca/broker/detail/undefine_macros.hpp>  // last

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Why a call failed. `Error::maybeApplied` says whether the broker may have acted nevertheless.
enum class ErrorKind {
  InvalidArgument,     ///< an id, credential or option is unusable; nothing was sent
  BadRequest,          ///< 400: the broker found the request malformed and did nothing
  Unauthorized,        ///< 401: the credentials were not accepted; nothing was done
  Forbidden,           ///< 403: the credentials may not do this; nothing was done
  NotFound,            ///< 404: no such account, or no such order in it
  NotCancelable,       ///< 422: the order is final, or a cancel or replacement of it is pending
  RateLimited,         ///< 429: too many requests; nothing was done; see `Error::retryAfter`
  ServerError,         ///< 5xx (the broker may have acted), 408 or 425 (it did not act)
  UnexpectedResponse,  ///< a response that the API does not define for this call; see `Error::httpStatus`
  NotSent,             ///< the request certainly did not reach the broker
  InDoubt,             ///< the request was sent, but no answer came: look before you act again
  Aborted,             ///< nothing was sent: the call was stopped, the client was destroyed, or the client belongs
                       ///< to the parent of this `fork()` child
};

/// The enumerator's name, for logs: `"NotCancelable"`. Never empty, never throws.
[[nodiscard]] ALPACA_BROKER_EXPORT std::string_view toString(ErrorKind kind) noexcept;

/// Writes the enumerator's name to an output stream.
template <class Stream>
auto operator<<(Stream& out, ErrorKind kind) -> decltype(out << toString(kind)) {
  return out << toString(kind);
}

/// A failure, as a plain value. Reading it never throws.
///
/// Your credentials are replaced by `[redacted]` in every text that came from a server. The library searches for the
/// key, the secret, their `Basic` form and the proxy's password. It finds them as plain text and as Base64 (standard or
/// URL-safe, padded or not). It also finds them escaped for JSON, URLs or HTML. It does not find reversed or hashed
/// values, nor values inside the Base64 of a longer text. Values of fewer than six characters are not searched for.
struct Error {
  /// The kind of failure, for a `switch`. Look at `maybeApplied` first.
  ErrorKind kind = ErrorKind::InvalidArgument;

  /// For people and logs. The message says what happened, what it means for the order, and what to do next. It is one
  /// line without control characters, so you can print it. Its wording may change.
  std::string message{};

  /// The HTTP status, when a response came.
  std::optional<int> httpStatus{};

  /// The `code` in the broker's error body, when it was readable. The broker promises to keep these codes stable.
  std::optional<std::int64_t> brokerCode{};

  /// The `message` in the broker's error body; empty when there was none. Its wording may change. Escape it before you
  /// print it, because it may contain control characters.
  std::string brokerMessage{};

  /// The response body as received, at most 64 KiB of it. It may be HTML, cut off, or invalid UTF-8. Escape it before
  /// you print it, because it may contain control characters.
  std::string body{};

  /// True when the broker may have acted although the call failed. Look before you act again.
  bool maybeApplied = false;

  /// How long to wait before the next request, when the broker said so.
  std::optional<std::chrono::milliseconds> retryAfter{};

  /// How the call went: request id, attempts, sends, time, rate limit. The same as `Result::call()`.
  CallInfo call{};
};

/// An `Error` as an exception. `Result<T>::value()` throws it, and so do constructors for unusable input.
class ALPACA_BROKER_EXPORT BrokerError : public std::runtime_error {
 public:
  /// Its `what()` returns the error's `message`.
  explicit BrokerError(Error error);
  ~BrokerError() override;

  /// Copying cannot throw.
  /// @{
  BrokerError(const BrokerError&) noexcept;
  BrokerError& operator=(const BrokerError&) noexcept;
  /// @}

  /// The failure. The reference is valid as long as the exception or a copy of it exists.
  [[nodiscard]] const Error& error() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return *error_; }

 private:
  std::shared_ptr<const Error> error_;  // shared, so that copying the exception cannot throw
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#include <alpaca/broker/detail/restore_macros.hpp>

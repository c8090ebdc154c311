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

/// Why a call did not succeed. Switch on it; `Error::maybeApplied` says whether the broker may have acted all the same.
enum class ErrorKind {
  InvalidArgument,     ///< an id, credential or option is unusable; nothing was sent
  BadRequest,          ///< 400: the broker found the request malformed and did nothing
  Unauthorized,        ///< 401: the credentials were not accepted; nothing was done
  Forbidden,           ///< 403: the credentials may not do this; nothing was done
  NotFound,            ///< 404: no such account, or no such order in it
  NotCancelable,       ///< 422: the order is already filled, canceled, expired, or is being replaced
  RateLimited,         ///< 429: too many requests; nothing was done; see `Error::retryAfter`
  ServerError,         ///< 5xx (the broker may have acted), 408 or 425 (it did not)
  UnexpectedResponse,  ///< an answer that this call does not have; see `Error::httpStatus` and `Error::maybeApplied`
  NotSent,             ///< the request certainly did not reach the broker
  InDoubt,             ///< it was sent and no answer came: look before you act again
  Aborted,             ///< stopped by its stop handle, or by the end of the client, before anything was sent; or the
                       ///< client is the parent's, in a child made by `fork()`
};

/// The enumerator's name, for logs: `"NotCancelable"`. Never empty, never throws.
[[nodiscard]] ALPACA_BROKER_EXPORT std::string_view toString(ErrorKind kind) noexcept;

/// A failure as a plain value. Reading it never throws.
///
/// Your credentials are replaced by `[redacted]` in every text that came from a server: key, secret, their Basic form
/// and the proxy's password, each as plain text, in Base64 (standard or URL-safe, padded or not), and with any of its
/// characters escaped as JSON, percent-encoding or HTML escape them. A server that disguises them in another way
/// (reversed, hashed, inside the Base64 of a longer text) is not seen through; values of fewer than six characters are
/// not looked for.
struct Error {
  /// For a `switch`; look at `maybeApplied` first.
  ErrorKind kind = ErrorKind::InvalidArgument;

  /// For people and logs: what happened, what it means for the order, what to do next. One line without control
  /// characters, safe to print. Its wording may change.
  std::string message{};

  /// The status of the response, when there was one.
  std::optional<int> httpStatus{};

  /// The `code` of the broker's error body, when there was a readable one. Stable, by the broker's own promise.
  std::optional<std::int64_t> brokerCode{};

  /// The `message` of the broker's error body; empty when there was none. Its wording may change. Escape it before you
  /// print it: it may hold control characters.
  std::string brokerMessage{};

  /// The response body as it came, at most 64 KiB of it; may be HTML, cut off, or not valid UTF-8. Escape it before you
  /// print it: it may hold control characters.
  std::string body{};

  /// True when the broker may have acted although the call did not succeed. Look before you act again.
  bool maybeApplied = false;

  /// How long the broker asks to wait before the next request, when it said so.
  std::optional<std::chrono::milliseconds> retryAfter{};

  /// How the call went, as of a success.
  CallInfo call{};
};

/// The exception form of an `Error`, thrown by `Result<T>::value()` and by constructors that were given unusable input.
class ALPACA_BROKER_EXPORT BrokerError : public std::runtime_error {
 public:
  /// Its `what()` is the error's `message`.
  explicit BrokerError(Error error);
  ~BrokerError() override;

  /// Copying cannot throw.
  /// @{
  BrokerError(const BrokerError&) noexcept;
  BrokerError& operator=(const BrokerError&) noexcept;
  /// @}

  /// Everything that is known about the failure. Valid as long as the exception or a copy of it lives.
  [[nodiscard]] const Error& error() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return *error_; }

 private:
  std::shared_ptr<const Error> error_;  // shared, so that copying the exception cannot throw
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#include <alpaca/broker/detail/restore_macros.hpp>

#pragma once

#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// How an order ended after `cancelOrderAndConfirm`.
enum class CancelOutcome {
  Canceled,  ///< canceled, perhaps partially filled before: see `Order::filledQty`
  Filled,    ///< filled before the cancel took effect
  Expired,   ///< its time in force ended before the cancel took effect
  Rejected,  ///< the broker or a venue refused the order
  Replaced,  ///< replaced by `Order::replacedBy`, which is not canceled
  Pending,   ///< a cancel of this call or an earlier one was accepted, but the order is not known to be final yet
};

/// The enumerator's name, for logs: `"Canceled"`. Never empty, never throws.
[[nodiscard]] ALPACA_BROKER_EXPORT std::string_view toString(CancelOutcome outcome) noexcept;

/// Writes the enumerator's name to an output stream.
template <class Stream>
auto operator<<(Stream& out, CancelOutcome outcome) -> decltype(out << toString(outcome)) {
  return out << toString(outcome);
}

/// Why a confirmation is `CancelOutcome::Pending`.
enum class PendingReason {
  Deadline,    ///< the time ended: the order was not final at the last read, or no time was left to read it
  Stopped,     ///< a stop, or the end of the client
  ReadFailed,  ///< the last read failed: `CancelConfirmation::readError`
  RateLimit,   ///< the broker's rate limit allowed no further read before the deadline
};

/// The enumerator's name, for logs: `"Deadline"`. Never empty, never throws.
[[nodiscard]] ALPACA_BROKER_EXPORT std::string_view toString(PendingReason reason) noexcept;

/// Writes the enumerator's name to an output stream.
template <class Stream>
auto operator<<(Stream& out, PendingReason reason) -> decltype(out << toString(reason)) {
  return out << toString(reason);
}

/// Options of `cancelOrderAndConfirm`.
struct ConfirmOptions {
  /// The deadline covers the cancel, the reads and the waits between them. After a stop, the call reports what is
  /// proven by then. `maxAttempts` and `attemptTimeout` are for each cancel and each read.
  CallOptions call{};

  /// The most cancels in one confirmation. Another cancel follows when a read shows an open order although the cancel
  /// was refused or left in doubt. Each cancel has its own retries. 1 to 100.
  int maxCancels = 3;

  /// The first wait for a read is `pollBase`. Each later wait is twice as long, up to `pollCap`. A random part, up to
  /// half, is taken off each wait. 1 ms to 24 h each.
  /// When the rate limit is nearly used up, reads wait for the next window.
  std::chrono::milliseconds pollBase{50};
  std::chrono::milliseconds pollCap{1'000};  ///< see `pollBase`
};

/// What `cancelOrderAndConfirm` has proven about an order.
struct CancelConfirmation {
  /// How the order ended, or `Pending`.
  CancelOutcome outcome = CancelOutcome::Pending;

  /// Why the outcome is `Pending`. Absent for every other outcome.
  std::optional<PendingReason> pendingReason{};

  /// The order from the last read, with its filled quantity and its replacement. Absent when no read succeeded.
  std::optional<Order> order{};

  /// True when the broker accepted a cancel of this call (204). False when the cancel was refused or left in doubt.
  /// Then a read has proven the outcome, or shows that the cancel of an earlier call is pending.
  bool cancelAccepted = false;

  /// The error of the cancel, when it was not accepted.
  std::optional<Error> cancelError{};

  /// The error of the last read, when it failed.
  std::optional<Error> readError{};

  /// The number of reads.
  int reads = 0;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

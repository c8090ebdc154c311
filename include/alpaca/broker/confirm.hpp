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

/// How an order that was to be canceled has ended.
enum class CancelOutcome {
  Canceled,  ///< it may have filled in part before: see `Order::filledQty`
  Filled,    ///< the fill came first
  Expired,   ///< its time in force ended first
  Rejected,  ///< the broker or a venue refused it
  Replaced,  ///< it lives on as `Order::replacedBy`: that one is not canceled
  Pending,   ///< not final at the deadline, and a cancel of it is under way
};

/// The enumerator's name, for logs: `"Canceled"`. Never empty, never throws.
[[nodiscard]] ALPACA_BROKER_EXPORT std::string_view toString(CancelOutcome outcome) noexcept;

/// How `cancelOrderAndConfirm` follows the order.
struct ConfirmOptions {
  /// The deadline is for everything: the cancel, the reads and the waits between them. After a stop, the call reports
  /// what is proven by then. `maxAttempts` holds for each cancel and each read.
  CallOptions call{};

  /// How often the cancel is sent at most when a read shows that the order is still open although it was refused or
  /// left in doubt; each is a call with retries of its own. 1 to 100.
  int maxCancels = 3;

  /// The wait before a read is `pollBase` * 2^n, at most `pollCap`, half of it at random. 1 ms to 24 h each. Where the
  /// rate limit leaves little, reads wait for the next window.
  std::chrono::milliseconds pollBase{50};
  std::chrono::milliseconds pollCap{1'000};  ///< see `pollBase`
};

/// What is proven about an order that was to be canceled.
struct CancelConfirmation {
  /// How it ended, or `Pending`.
  CancelOutcome outcome = CancelOutcome::Pending;

  /// The order as it was read last: how much was filled, what replaced it. Absent when no read succeeded.
  std::optional<Order> order{};

  /// True when the broker accepted this call's cancel (204). False when a read has proven the outcome although the
  /// cancel was refused or left in doubt.
  bool cancelAccepted = false;

  /// What the cancel came to, when it was not accepted.
  std::optional<Error> cancelError{};

  /// Why the last read failed, when it did.
  std::optional<Error> readError{};

  /// How often the order was read.
  int reads = 0;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

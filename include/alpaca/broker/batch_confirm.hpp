#pragma once

#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// How far a batch of confirmations is.
struct BatchConfirmProgress {
  std::size_t total = 0;   ///< orders in the batch, each counted once
  std::size_t done = 0;    ///< orders whose result is known
  std::size_t closed = 0;  ///< those of `done` that are final
};

/// Options of `cancelOrdersAndConfirm`.
struct BatchConfirmOptions {
  /// As for one order. Deadline, stop and context are for the whole batch; the default deadline is 60 s. After a stop,
  /// orders not sent yet are `Aborted`, and the others report what is proven by then.
  ConfirmOptions confirm{};

  /// The most requests in flight at once, each on a thread of its own. 1 to 1000. Absent:
  /// `ClientOptions::maxConnections`; more would only wait for a connection.
  std::optional<int> concurrency{};

  /// Called with the progress of the batch, on the thread that called `cancelOrdersAndConfirm`. No request waits for
  /// it, however slow it is. Not every order causes a call, but the last one always does. Its exceptions are dropped.
  Function<void(const BatchConfirmProgress&)> progress{};
};

/// The outcome of one order of a batch.
struct BatchConfirmEntry {
  OrderRef target;                    ///< the order, as given to `cancelOrdersAndConfirm`
  Result<CancelConfirmation> result;  ///< the result, as `cancelOrderAndConfirm` returns it
};

/// Counts the orders of a batch by outcome. Each order counts once; the counts add up to `total()`.
struct BatchConfirmCounts {
  std::size_t canceled = 0;           ///< canceled; some may have filled in part before
  std::size_t filled = 0;             ///< filled before the cancel took effect: these are positions now
  std::size_t expiredOrReplaced = 0;  ///< expired, rejected, or replaced by an order that is not canceled
  std::size_t pending = 0;            ///< not known to be final: see `CancelConfirmation::pendingReason`
  std::size_t refused = 0;            ///< the broker answered and canceled nothing: `NotCancelable`, `NotFound`, ...
  std::size_t notSent = 0;            ///< the cancel certainly did not reach the broker, also when it was `Aborted`
  std::size_t maybeApplied = 0;       ///< no answer and no read could tell: look at these orders before acting again

  /// All orders of the batch, each counted once.
  [[nodiscard]] std::size_t total() const noexcept {
    return canceled + filled + expiredOrReplaced + pending + refused + notSent + maybeApplied;
  }
};

/// The outcome of a batch: one entry for each given order, in the given order.
struct [[nodiscard]] BatchConfirmReport {
  std::vector<BatchConfirmEntry> entries{};  ///< `entries[i]` belongs to the i-th given order

  /// Counts the orders by outcome. An order that was given twice counts once, by its first entry. Allocates memory, so
  /// it may throw std::bad_alloc.
  [[nodiscard]] ALPACA_BROKER_EXPORT BatchConfirmCounts counts() const;

  /// True when every order is known to be final, however it ended; also true for an empty batch. An order that replaced
  /// another one is not part of the batch, and may be open.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool allFinal() const;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// One order of one account.
struct OrderRef {
  AccountId accountId;  ///< whose order it is
  OrderId orderId;      ///< which one

  friend bool operator==(const OrderRef& a, const OrderRef& b) noexcept {
    return a.orderId == b.orderId && a.accountId == b.accountId;
  }
  friend bool operator!=(const OrderRef& a, const OrderRef& b) noexcept { return !(a == b); }
};

/// How the orders of a batch came out. Each order counts once; the four add up to `total()`.
struct BatchCounts {
  std::size_t accepted = 0;      ///< 204
  std::size_t refused = 0;       ///< the broker answered and did not cancel: `NotCancelable`, `NotFound`, ...
  std::size_t notSent = 0;       ///< certainly did not reach the broker: safe to cancel again
  std::size_t maybeApplied = 0;  ///< the broker may have acted: look at these orders before acting again

  /// All orders of the batch, each counted once.
  [[nodiscard]] std::size_t total() const noexcept { return accepted + refused + notSent + maybeApplied; }
};

/// What a batch has come to so far.
struct BatchProgress {
  std::size_t done = 0;      ///< orders whose outcome is known
  std::size_t total = 0;     ///< orders in the batch, each counted once
  std::size_t accepted = 0;  ///< of those that are done: 204
};

/// How `cancelOrders` goes about its batch.
struct BatchOptions {
  /// For the whole batch: the deadline is 60 s when none is set, and what was not sent by then is `NotSent`. A stop
  /// ends the batch: what was not sent yet is `Aborted`. `maxAttempts` holds for each cancel.
  CallOptions call{};

  /// How many cancels may be under way at once, on as many threads. 1 to 1000; absent: as many as the client may have
  /// connections, and more would only wait for one.
  std::optional<int> concurrency{};

  /// Is told how far the batch is, on the thread that called `cancelOrders`. However long it takes, it holds no cancel
  /// up; it is not told of every single order, but always of the last. What it throws is dropped.
  Function<void(const BatchProgress&)> progress{};
};

/// What became of one order of a batch.
struct BatchEntry {
  OrderRef target;                ///< the order, as it was given
  Result<CancelAccepted> result;  ///< what `cancelOrder` would have returned for it
};

/// What became of a batch: one entry for each order that was given, in the order they were given in.
struct ALPACA_BROKER_EXPORT BatchReport {
  std::vector<BatchEntry> entries{};  ///< one for each order, where it stood in the input

  /// Sorts the orders into four. An order that was given twice counts once, by the first of its entries. Takes memory:
  /// may throw std::bad_alloc.
  [[nodiscard]] BatchCounts counts() const;

  /// True when every cancel was accepted, and for an empty batch. An order that was given twice has an entry for each
  /// time, with the same result.
  [[nodiscard]] bool allAccepted() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

template <>
struct std::hash<alpaca::broker::OrderRef> {
  std::size_t operator()(const alpaca::broker::OrderRef& ref) const noexcept {
    return std::hash<alpaca::broker::OrderId>{}(ref.orderId) ^
           (std::hash<alpaca::broker::AccountId>{}(ref.accountId) << 1U);
  }
};

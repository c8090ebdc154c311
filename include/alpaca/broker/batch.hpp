#pragma once

#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// One order of one account.
struct OrderRef {
  AccountId accountId;  ///< the account that the order belongs to
  OrderId orderId;      ///< the order

  friend bool operator==(const OrderRef& a, const OrderRef& b) noexcept {
    return a.orderId == b.orderId && a.accountId == b.accountId;
  }
  friend bool operator!=(const OrderRef& a, const OrderRef& b) noexcept { return !(a == b); }
};

/// The orders of a list, as `cancelOrders` and `cancelOrdersAndConfirm` take them.
[[nodiscard]] ALPACA_BROKER_EXPORT std::vector<OrderRef> orderRefs(const AccountId& account,
                                                                   const std::vector<Order>& orders);

/// Counts the orders of a batch by outcome. Each order counts once; the four counts add up to `total()`.
struct BatchCounts {
  std::size_t accepted = 0;      ///< 204
  std::size_t refused = 0;       ///< the broker answered and canceled nothing: `NotCancelable`, `NotFound`, ...
  std::size_t notSent = 0;       ///< certainly did not reach the broker, as when `Aborted`: safe to cancel again
  std::size_t maybeApplied = 0;  ///< the broker may have acted: look at these orders before acting again

  /// All orders of the batch, each counted once.
  [[nodiscard]] std::size_t total() const noexcept { return accepted + refused + notSent + maybeApplied; }
};

/// How far a batch is.
struct BatchProgress {
  std::size_t done = 0;      ///< orders whose outcome is known
  std::size_t total = 0;     ///< orders in the batch, each counted once
  std::size_t accepted = 0;  ///< those of `done` that the broker accepted (204)
};

/// Options of `cancelOrders`.
struct BatchOptions {
  /// Deadline, stop and context are for the whole batch. The default deadline is 60 s; orders not sent by then are
  /// `NotSent`. After a stop, orders not sent yet are `Aborted`. `maxAttempts` and `attemptTimeout` are for each
  /// cancel.
  CallOptions call{};

  /// The most cancels in flight at once, each on a thread of its own. 1 to 1000. Absent:
  /// `ClientOptions::maxConnections`; more would only wait for a connection.
  std::optional<int> concurrency{};

  /// Called with the progress of the batch, on the thread that called `cancelOrders`. No cancel waits for it, however
  /// slow it is. It may skip orders, but never the last one. Its exceptions are dropped.
  Function<void(const BatchProgress&)> progress{};
};

/// The outcome of one order of a batch.
struct BatchEntry {
  OrderRef target;                ///< the order, as given to `cancelOrders`
  Result<CancelAccepted> result;  ///< the result, as `cancelOrder` returns it
};

/// The outcome of a batch: one entry for each given order, in the given order.
struct [[nodiscard]] BatchReport {
  std::vector<BatchEntry> entries{};  ///< `entries[i]` belongs to the i-th given order

  /// Counts the orders by outcome. An order that was given twice counts once, by its first entry. Allocates memory, so
  /// it may throw std::bad_alloc.
  [[nodiscard]] ALPACA_BROKER_EXPORT BatchCounts counts() const;

  /// True when every cancel was accepted; also true for an empty batch. An order that was given twice has two entries
  /// with the same result.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool allAccepted() const noexcept;
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

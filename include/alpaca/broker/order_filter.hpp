#pragma once

#include <alpaca/broker/order_terms.hpp>
#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <alpaca/broker/detail/undefine_macros.hpp>  // last

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Which orders `listOrders` returns. The default: all open orders, newest first.
///
/// The client checks every order that the broker lists against the filter, because brokers ignore parameters. It never
/// returns an order that the filter excludes. A listed order that does not say what the filter asks for, such as a time
/// that cannot be read, makes the list an error.
struct OrderFilter {
  /// Which part of the account's orders.
  enum class Status {
    Open,    ///< orders that the broker lists as open and that are not final; `held` legs are not among them
    Closed,  ///< final orders, and `held` legs (of a bracket, OCO or OTO order): those are alive
    All,     ///< every order; the only part in which nothing can be missing
  };

  /// Of a list.
  enum class Direction {
    NewestFirst,  ///< what was submitted last comes first
    OldestFirst,  ///< what was submitted first comes first
  };

  /// Only open orders, only closed ones, or all.
  Status status = Status::Open;

  /// Only orders for these symbols, written as the broker writes them: it may find none for another spelling.
  /// Absent (or `= {}`): any symbol; an empty list is refused, because it is hardly meant. Each 1 to 32 characters
  /// out of `A-Z a-z 0-9 . / _ -`. The client's check of what came back ignores case and slashes. A multi-leg order
  /// has no symbol of its own and counts when one of its `legs` does. More than 100 take several requests.
  std::optional<std::vector<std::string>> symbols{};

  /// Only buys or only sells: `Buy` stands for `buy_minus`, too, and `Sell` for `sell_plus`, `sell_short` and
  /// `sell_short_exempt`; nothing else is accepted. A multi-leg order has no side. The client selects the orders,
  /// because the Broker API cannot.
  std::optional<OrderSide> side{};

  /// Only orders that were submitted after, or before, this moment (exclusive).
  std::optional<UtcTime> after{};
  std::optional<UtcTime> until{};  ///< see `after`

  /// By the time they were submitted.
  Direction direction = Direction::NewestFirst;

  /// Multi-leg orders as one order with `legs`, instead of one order for each leg. Status, side and time are those of
  /// the order alone then: its legs come along whatever they are.
  bool nested = false;

  /// At most this many orders; without it, all there are, however many requests that takes. 1 or more.
  std::optional<std::size_t> limit{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#include <alpaca/broker/detail/restore_macros.hpp>

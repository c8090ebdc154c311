#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/order_terms.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <alpaca/broker/detail/undefine_macros.hpp>  // last

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Which orders `listOrders` returns. The default: all open orders, newest first.
///
/// The client checks every listed order against the filter, because a broker may ignore a parameter. It never returns
/// an order that the filter excludes. A listed order that lacks what the filter needs, for instance a readable time,
/// makes the list an error.
struct OrderFilter {
  /// Which of the account's orders to list.
  enum class Status {
    Open,    ///< orders that the broker lists as open and that are not final; excludes `held` legs
    Closed,  ///< final orders, and `held` legs of a bracket, OCO or OTO order, which are alive
    All,     ///< every order; the only list in which nothing can be missing
  };

  /// The order of the list.
  enum class Direction {
    NewestFirst,  ///< the last submitted order first
    OldestFirst,  ///< the first submitted order first
  };

  /// Open orders, closed orders, or all.
  Status status = Status::Open;

  /// Only orders for these symbols. Absent (or `= {}`): any symbol. An empty list is refused, because it is probably a
  /// mistake. Each symbol has 1 to 32 characters of `A-Z 0-9 . / _ -`. More than 100 symbols take several requests.
  ///
  /// Write symbols as the broker does, in upper case: it may find none for another spelling. The client's own check
  /// ignores case and slashes. A multi-leg order has no symbol of its own, and matches when one of its `legs` matches.
  std::optional<std::vector<std::string>> symbols{};

  /// Only buys (`Buy`) or only sells (`Sell`); other sides are refused. `Buy` includes `buy_minus`; `Sell` includes
  /// `sell_plus`, `sell_short` and `sell_short_exempt`. A multi-leg order has no side. The client selects the orders,
  /// because the Broker API cannot.
  std::optional<OrderSide> side{};

  /// Only orders that were submitted after the one and before the other time. An order submitted at that very time is
  /// left out. A replacement counts by its own time of submission.
  /// @{
  std::optional<UtcTime> submittedAfter{};
  std::optional<UtcTime> submittedBefore{};
  /// @}

  /// Sorts by the time of submission.
  Direction direction = Direction::NewestFirst;

  /// Lists a multi-leg order as one order with `legs`, instead of one order for each leg. The filter then checks
  /// status, side and time of the order alone, and its legs come along unchecked.
  bool nested = false;

  /// The most orders to return, 1 or more. Absent: all orders, in as many requests as needed.
  std::optional<std::size_t> limit{};
};

/// Reads a time as in RFC 3339, such as `2021-03-16T18:38:01.942282Z` or `2021-03-16T14:38:01-04:00`. The offset must
/// be given, so that no time zone is guessed. Digits beyond nanoseconds are cut off.
/// @return the time, or `InvalidArgument` for another text, and for a year before 1678 or after 2261
[[nodiscard]] ALPACA_BROKER_EXPORT Result<UtcTime> parseUtcTime(std::string_view text);

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#include <alpaca/broker/detail/restore_macros.hpp>

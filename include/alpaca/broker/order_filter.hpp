#pragma once

#include <alpaca/broker/version.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <alpaca/broker/detail/undefine_macros.hpp>  // last

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Which way an order trades.
enum class OrderSide {
  Buy,   ///< `buy`
  Sell,  ///< `sell`
};

/// Which orders `listOrders` asks for. The default: all that are open, newest first.
struct OrderFilter {
  /// The broker's own division.
  enum class Status {
    Open,    ///< may still fill
    Closed,  ///< the others
    All,     ///< both
  };

  /// Of a list.
  enum class Direction {
    NewestFirst,  ///< what was submitted last comes first
    OldestFirst,  ///< what was submitted first comes first
  };

  /// A moment, to the nanosecond.
  using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

  /// Only orders that are open, or that are not; or all.
  Status status = Status::Open;

  /// Only orders for these symbols, at most 100; empty: for any. Each 1 to 32 characters out of `A-Z a-z 0-9 . / _ -`.
  std::vector<std::string> symbols{};

  /// Only orders of this side.
  std::optional<OrderSide> side{};

  /// Only orders that were submitted after, or before, this moment (exclusive).
  std::optional<Time> after{};
  std::optional<Time> until{};  ///< see `after`

  /// By the time they were submitted.
  Direction direction = Direction::NewestFirst;

  /// Multi-leg orders as one order with `legs`, instead of one order for each leg.
  bool nested = false;

  /// At most this many orders; without it, all there are, however many requests that takes. 1 or more.
  std::optional<std::size_t> limit{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#include <alpaca/broker/detail/restore_macros.hpp>

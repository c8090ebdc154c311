#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>
#include <alpaca/broker/stop.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// How far a kill switch is.
struct KillSwitchProgress {
  std::size_t accounts = 0;      ///< to empty, each counted once
  std::size_t accountsDone = 0;  ///< empty, or given up
  std::size_t found = 0;         ///< orders that were found so far
  std::size_t gone = 0;          ///< of those: no longer open
};

/// How `killSwitch` goes about it. Without a filter it stops everything in the accounts that it is given.
struct KillSwitchOptions {
  /// It has returned by then, whatever is left. 1 ms to 24 h.
  std::chrono::milliseconds deadline{30'000};

  /// How often each account is looked at and cleared at most. 1 to 1000.
  int maxRounds = 100;

  /// Only orders of this side.
  std::optional<OrderSide> side{};

  /// Only orders for these symbols. Absent: for any; an empty list is refused, as it is hardly meant.
  std::optional<std::vector<std::string>> symbols{};

  /// Only orders whose client order id begins like this. Absent: any; an empty text is refused.
  std::optional<std::string> clientOrderIdPrefix{};

  /// Cancels nothing: `AccountKill::stillOpen` tells what would be canceled.
  bool dryRun = false;

  /// Stops it. What it knows by then is reported.
  StopToken stop{};

  /// Is told how far it is, on the thread that called `killSwitch`. However long it takes, it holds nothing up. What it
  /// throws is dropped.
  std::function<void(const KillSwitchProgress&)> progress{};

  /// Handed to the observer with every attempt of every request: see `CallOptions::context`.
  std::shared_ptr<const void> context{};
};

/// An order that was open when it was looked at last.
struct RemainingOrder {
  /// As it was listed or read last.
  Order order;

  /// Why its last cancel was not accepted. Absent: it was, or came too late to be tried.
  std::optional<Error> cancelError{};
};

/// An order that is not open any more, or may not be, and of which nothing could be read since.
struct UnknownOrder {
  /// Which one: read it yourself.
  OrderId order;

  /// Why not. Absent when there was no time left to ask.
  std::optional<Error> error{};
};

/// What became of one account. Every order that was found is in exactly one of the lists.
struct AccountKill {
  AccountId account;  ///< which one

  /// True when the last look at the account, after all cancels, showed no open order (of those that the filter means).
  bool isEmpty = false;

  std::vector<Order> canceled{};            ///< `filledQty` may be more than 0
  std::vector<Order> filled{};              ///< filled before a cancel could take effect: these are positions now
  std::vector<Order> endedOtherwise{};      ///< expired, rejected or replaced; what replaced one is in the lists, too
  std::vector<RemainingOrder> stillOpen{};  ///< `pending_cancel` ones included
  std::vector<UnknownOrder> unknown{};      ///< not open any more, or perhaps; nothing could be read

  /// Why the account is not known to be empty, when that is not for open orders alone.
  std::optional<Error> error{};

  /// How often the account was looked at.
  int rounds = 0;
};

/// What became of the accounts: one entry each, in the order they were given in.
struct ALPACA_BROKER_EXPORT KillSwitchReport {
  std::vector<AccountKill> accounts{};  ///< each once, also one that was named twice
  std::chrono::nanoseconds elapsed{0};  ///< of all of it

  /// True when every account is known to be empty.
  [[nodiscard]] bool allEmpty() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

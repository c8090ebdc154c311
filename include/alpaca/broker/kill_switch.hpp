#pragma once

#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <cstddef>
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
  std::size_t closed = 0;        ///< of those: no longer open
};

/// How `killSwitch` goes about it. Without a filter it stops everything in the accounts that it is given.
struct KillSwitchOptions {
  /// The deadline is for everything, and 30 s when none is set. After a stop, the call reports what it knows by then.
  /// `maxAttempts` holds for each request.
  CallOptions call{};

  /// How often each account is looked at and cleared at most. 1 to 1000; with 1, nobody looks after the last cancel.
  int maxRounds = 100;

  /// Only orders of this side, as `OrderFilter::side` reads it. Canceling one leg of a bracket, OCO or OTO order ends
  /// the whole group at the broker, also a leg of the other side.
  std::optional<OrderSide> side{};

  /// Only orders for these symbols, whatever their case and slashes: the client selects them. Absent (or `= {}`): any
  /// symbol; an empty list is refused, because it is hardly meant.
  std::optional<std::vector<std::string>> symbols{};

  /// Only orders whose client order id begins like this, and whatever has replaced such an order: a replacement can
  /// have an id that the broker made up. Absent (or `= {}`): any; an empty text is refused.
  std::optional<std::string> clientOrderIdPrefix{};

  /// How far back, by the time of submission, to look for live orders among those that the broker lists as closed. A
  /// `held` leg is alive and stands there. Absent: through all of them, at 500 a request; an account with so many
  /// closed orders that this takes too long is never known to be empty, and its `error` says so. With it, a `held`
  /// order that was submitted earlier is not seen, and the account may count as empty. 1 h to 10 years.
  std::optional<std::chrono::hours> closedLookBack{};

  /// Cancels nothing: `AccountReport::stillOpen` tells what would be canceled, found by the same rules.
  bool dryRun = false;

  /// Is told how far it is, on the thread that called `killSwitch`. However long it takes, it holds nothing up. What it
  /// throws is dropped.
  Function<void(const KillSwitchProgress&)> progress{};
};

/// An order that was not final when it was looked at last, wherever the broker listed it.
struct RemainingOrder {
  /// As it was listed or read last.
  Order order;

  /// Why its last cancel was not accepted; `maybeApplied` when any cancel of it may have been. Absent: the last one was
  /// accepted, or none was tried.
  std::optional<Error> cancelError{};
};

/// An order that is no longer listed as open; its final state is unknown.
struct UnknownOrder {
  /// Which one: read it yourself.
  OrderId orderId;

  /// Why it could not be read. Absent when there was no time left to ask.
  std::optional<Error> error{};
};

/// What became of one account. Every order that was found is in exactly one of the lists.
struct AccountReport {
  AccountId accountId;  ///< which one

  /// True when the last look, after all cancels, showed that no order of the account is alive (of those that the filter
  /// means): none is listed that is not final, whether as open or as closed, and every order found has ended. An order
  /// that the broker shows nowhere at that moment, or takes later, cannot be seen.
  bool isEmpty = false;

  std::vector<Order> canceled{};            ///< `filledQty` may be more than 0
  std::vector<Order> filled{};              ///< filled before a cancel could take effect: these are positions now
  std::vector<Order> expiredOrReplaced{};   ///< or rejected; what replaced one is in the lists, too
  std::vector<RemainingOrder> stillOpen{};  ///< not final: `pending_cancel` and `held` ones included
  std::vector<UnknownOrder> unknown{};      ///< no longer listed as open; the final state is unknown

  /// What the broker's cancel-all came to, when it was not clearly answered with 207. `maybeApplied`: any order of the
  /// account may be canceled by it, and stays so told whatever else is found out. Orders that it took, or that filled
  /// meanwhile, may be in none of the lists then: read the closed orders. Absent without one: with a filter, in a dry
  /// run.
  std::optional<Error> cancelAllError{};

  /// Why the account is not known to be empty, when that is not for the orders above alone. `maybeApplied` when orders
  /// may have been canceled.
  std::optional<Error> error{};

  /// How often the account was looked at.
  int rounds = 0;

  /// Counts every request for this account; request id and rate limit are those of the last answer.
  CallInfo call{};
};

/// What became of the accounts: one entry each, in the order they were given in.
struct ALPACA_BROKER_EXPORT KillSwitchReport {
  std::vector<AccountReport> accounts{};  ///< each once, also one that was named twice

  /// True when every account is known to be empty of the orders that the filter means.
  [[nodiscard]] bool allEmpty() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

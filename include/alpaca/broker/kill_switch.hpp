#pragma once

#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>
#include <alpaca/broker/utc_time.hpp>
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
  std::size_t accounts = 0;      ///< accounts to empty, each counted once
  std::size_t accountsDone = 0;  ///< accounts that are empty or given up
  std::size_t found = 0;         ///< orders found so far
  std::size_t closed = 0;        ///< those of `found` that are no longer open
};

/// Options of `killSwitch`. Without a filter, it cancels every order of the given accounts.
struct KillSwitchOptions {
  /// The deadline covers everything; the default is 30 s. After a stop, the call reports what it knows by then.
  /// `maxAttempts` and `attemptTimeout` are for each request.
  CallOptions call{};

  /// The most rounds of listing and canceling for each account. With 1, nothing is listed after the last cancel.
  /// Accepted: 1 to 1000.
  int maxRounds = 100;

  /// Only orders of this side, as in `OrderFilter::side`. When a leg of a bracket, OCO or OTO order is canceled, the
  /// broker ends the whole group. That includes legs of the other side.
  std::optional<OrderSide> side{};

  /// Only orders for these symbols. The client compares symbols without case and slashes. Absent (or `= {}`): any
  /// symbol. An empty list is refused, because it is probably a mistake.
  std::optional<std::vector<std::string>> symbols{};

  /// Only orders whose client order id starts with this text, and the orders that replaced them. (The broker may make
  /// up the id of a replacement.) Absent (or `= {}`): any. An empty text is refused.
  std::optional<std::string> clientOrderIdPrefix{};

  /// Only orders submitted after `submittedAfter` and before `submittedBefore`. An order submitted at that very time is
  /// left alone. For orders older than five minutes, set `submittedBefore` to five minutes ago.
  ///
  /// Each order counts by its own time of submission. A replacement has a newer time than the order it replaced. It is
  /// left alone when that time is outside. The client checks the times. A live order without a readable time is not
  /// canceled, and keeps the account from being empty.
  /// @{
  std::optional<UtcTime> submittedAfter{};
  std::optional<UtcTime> submittedBefore{};
  /// @}

  /// The broker lists a `held` leg as closed although it is alive. So the closed orders are searched for live ones,
  /// too. This bounds the search: it reads orders submitted at most this long before now, or before `submittedBefore`
  /// if that is earlier. Accepted: 1 h to 10 years.
  ///
  /// Absent: the search reads all closed orders, 500 a request. If that takes longer than the deadline, the account is
  /// not known to be empty, and its `error` says so. With a bound, a `held` order that was submitted earlier is not
  /// seen, and the account may count as empty.
  std::optional<std::chrono::hours> closedLookBack{};

  /// Cancels nothing. `AccountReport::stillOpen` lists what would be canceled, found by the same rules.
  bool dryRun = false;

  /// Called with the progress, on the thread that called `killSwitch`. No request waits for it, however slow it is. Its
  /// exceptions are dropped.
  Function<void(const KillSwitchProgress&)> progress{};
};

/// An order that was not final at the last look, in whichever list the broker showed it.
struct RemainingOrder {
  /// The order, as listed or read last.
  Order order;

  /// Why the broker did not accept its last cancel. `maybeApplied` is true when any of its cancels may have been
  /// applied. Absent when the last cancel was accepted, or none was tried.
  std::optional<Error> cancelError{};
};

/// An order that is no longer listed as open; its final state is unknown.
struct UnknownOrder {
  /// The order: read it yourself.
  OrderId orderId;

  /// Why it could not be read. `maybeApplied` is true when any of its cancels may have been applied. Absent when no
  /// time was left to read it.
  std::optional<Error> error{};
};

/// The outcome for one account. Every order that was found is in exactly one of the lists.
struct AccountReport {
  AccountId accountId;  ///< the account

  /// True when the last look, after all cancels, showed no live order that matches the filter. All matching orders in
  /// the open and the closed list were final, and every order found has ended.
  ///
  /// An order that the broker shows in no list at that moment, or accepts later, cannot be seen.
  bool isEmpty = false;

  std::vector<Order> canceled{};  ///< canceled; `filledQty` may be more than 0
  std::vector<Order> filled{};    ///< filled before a cancel could take effect: these are positions now
  /// Expired, rejected, or replaced. The replacement is in these lists, too, unless the filter excludes it.
  std::vector<Order> expiredOrReplaced{};
  std::vector<RemainingOrder> stillOpen{};  ///< not final, including `pending_cancel` and `held`
  std::vector<UnknownOrder> unknown{};      ///< no longer listed as open, but the final state is unknown

  /// The error of the cancel-all. Absent when the broker answered it with a clear 207. Also absent in a dry run and
  /// with a filter, because then there is no cancel-all.
  ///
  /// `maybeApplied` means that it may have canceled any order of the account. The doubt stays, whatever is found out
  /// later. Orders that it canceled, or that filled meanwhile, may be in none of the lists: read the closed orders.
  std::optional<Error> cancelAllError{};

  /// Another reason why the account may not be empty, besides the orders above. `maybeApplied` is true when orders may
  /// have been canceled.
  std::optional<Error> error{};

  /// The number of rounds for this account.
  int rounds = 0;

  /// Counts all requests for this account. The request id and the rate limit are those of the last answer.
  CallInfo call{};
};

/// The outcome of a kill switch: one entry for each account, in the given order.
struct [[nodiscard]] KillSwitchReport {
  std::vector<AccountReport> accounts{};  ///< each account once, even one that was named twice

  /// True when every account is known to be empty of the orders that match the filter.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool allEmpty() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

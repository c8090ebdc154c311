// Longer than 200 lines: all passes over one account read and change the same state.
#include "workflows/account_sweep.hpp"

#include "base/exponential_backoff.hpp"
#include "endpoints/cancel_all.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/sweep_errors.hpp"
#include "workflows/sweep_orders.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using Status = OrderFilter::Status;

constexpr std::chrono::milliseconds kFirstWait{50};
constexpr std::chrono::milliseconds kMaxWait{1'000};

}  // namespace

std::optional<AccountSweep::TimePoint> AccountSweep::pass(TimePoint until) {
  const KillSwitchOptions& options = plan_.options;
  // guard: a kill switch by age sends no cancel-all
  const bool hasTimes = options.submittedAfter || options.submittedBefore;
  const bool isFiltered = hasTimes || options.side || options.symbols || options.clientOrderIdPrefix;
  // guard: a kill switch with a filter leaves the rest alone
  const bool mayCancelAll = !options.dryRun && !isFiltered && !cancelAllTaken_;
  // guard: a cancel-all that hangs leaves time for the rest
  if (mayCancelAll) cancelAll(halfWayTo(until));
  look(until);
  if (kill_.isEmpty || (options.dryRun && !kill_.error)) return std::nullopt;
  // guard: a dry run cancels nothing
  if (!options.dryRun) cancelLeftovers(until);
  return next();
}

// Sends the request at once, even if the rate limit seems used up: no other request does more. Does not repeat it once
// it may have been applied. Orders that it leaves open are canceled one by one.
void AccountSweep::cancelAll(TimePoint until) {
  const auto limits = limitsOf(plan_, until, call::Priority::Cancel, now());
  auto answer = plan_.pipeline.call(endpoints::cancel_all::operation(kill_.accountId), limits, now());
  add(kill_.call, answer.call());
  cancelAllTaken_ = answer || answer.error().maybeApplied;
  if (!answer) {
    // guard: a lost cancel-all is remembered
    kill_.cancelAllError = std::move(answer).error();
    return;
  }
  kill_.cancelAllError.reset();
  for (CancelAllEntry& entry : answer->entries) {
    if (entry.error) {
      ledger_.cancelFailed(entry.orderId, *std::move(entry.error));
    } else {
      ledger_.cancelAccepted(entry.orderId);
    }
  }
  tell();
}

// Reads the open orders, and the closed ones only when no known order is left to cancel: cancels must not wait for long
// lists. Lists get half of the remaining time; the other half is for canceling what they show.
void AccountSweep::look(TimePoint until) {
  ++kill_.rounds;
  kill_.error.reset();
  origins_.reset();
  const TimePoint listsUntil = halfWayTo(until);
  bool seenAll = lookAtOpen(listsUntil, true);
  const bool waitsOnly = ledger_.alive() > 0 && closedSeen_ && !plan_.options.dryRun;
  // guard: a closed order may still be alive
  if ((isCalm() || isStuck_) && !waitsOnly) {
    if (seenAll && !plan_.options.dryRun) ledger_.beginLook();
    kill_.error.reset();
    // The closed orders come first: a held leg that opens in between then appears in one of the two lists.
    closedSeen_ = lookAtClosed(listsUntil);
    seenAll = lookAtOpen(listsUntil, false) && closedSeen_;
  }
  // guard: a kill switch reads orders that no list shows
  if (isCalm() && !plan_.options.dryRun) resolve(halfWayTo(until));
  judge(seenAll);
  tell();
}

bool AccountSweep::isCalm() const { return plan_.options.dryRun || ledger_.toCancel().empty(); }

void AccountSweep::judge(bool seenAll) {
  std::optional<Error> doubt;
  if (plan_.options.clientOrderIdPrefix) {
    if (ledger_.hasLostReplacement()) doubt = lostReplacement();
    // guard: an order of hidden origin keeps an account from being empty
    if (seenAll && origins_.leavesDoubt(ledger_)) doubt = hiddenOrigin();
  }
  // guard: a kill switch calls an account empty only after checking it
  kill_.isEmpty = seenAll && closedSeen_ && !doubt && ledger_.alive() == 0 && ledger_.unresolved().empty();
  if (!kill_.error) kill_.error = std::move(doubt);
}

bool AccountSweep::lookAtOpen(TimePoint until, bool isAll) {
  OrderList open = list(Status::Open, until);
  const bool whole = !open.error;
  // A list that was read at least in part marks the known orders that it lacks as unresolved. A list that failed from
  // its first page on proves nothing.
  // guard: a kill switch keeps known orders when a page fails
  takeOpen(ledger_, std::move(open.orders), isAll && open.pages > 0, plan_.options);
  tell();
  return whole;
}

bool AccountSweep::lookAtClosed(TimePoint until) {
  OrderList closed = list(Status::Closed, until);
  const bool whole = !closed.error;
  takeClosed(ledger_, std::move(closed.orders), plan_.options);
  if (!whole && kill_.error) {
    kill_.error->message +=
        " The broker lists live orders among the closed ones, too, and those could not all be read: see "
        "KillSwitchOptions::closedLookBack.";
  }
  return whole;
}

// Reads one list. A failure becomes the account's error.
OrderList AccountSweep::list(Status part, TimePoint until) {
  const OrderFilter filter = sweepFilter(plan_.options, part);
  const auto limits = limitsOf(plan_, until, call::Priority::Cancel, plan_.cancelBy);
  OrderList found = readOrderPages({plan_.pipeline, kill_.accountId, filter, limits, now(), lookAdvice, Status::All});
  add(kill_.call, found.call);
  if (!found.error && isUndecided(found.orders, plan_.options)) found.error = undecided();
  if (found.error) kill_.error = found.error;
  origins_.note(found.orders);
  return found;
}

// Reads, one by one, the known orders that no list shows.
void AccountSweep::resolve(TimePoint until) {
  const std::vector<OrderId> orders = ledger_.unresolved();
  auto readings = readEach(plan_, kill_.accountId, orders, until);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (!readings[i]) continue;
    add(kill_.call, readings[i]->call());
    if (*readings[i] && !mayBeMeant(**readings[i], plan_.options)) {
      ledger_.drop(orders[i]);
    } else if (*readings[i]) {
      ledger_.learn(*std::move(*readings[i]));
    } else {
      ledger_.unreadable(orders[i], std::move(*readings[i]).error());
    }
  }
}

void AccountSweep::cancelLeftovers(TimePoint until) {
  const std::vector<OrderId> orders = ledger_.toCancel();
  isStuck_ = true;  // until a cancel is accepted: only then may the closed orders show more to cancel
  auto results = cancelEach(plan_, kill_.accountId, orders, until);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (!results[i]) continue;
    add(kill_.call, results[i]->call());
    if (*results[i]) {
      ledger_.cancelAccepted(orders[i]);
      calmRounds_ = 0;
      closedSeen_ = isStuck_ = false;
    } else {
      ledger_.cancelFailed(orders[i], std::move(*results[i]).error());
    }
  }
}

std::optional<AccountSweep::TimePoint> AccountSweep::next() {
  if (kill_.rounds >= plan_.options.maxRounds) return std::nullopt;
  const TimePoint latest = plan_.cancelBy - kFirstWait;
  if (now() >= latest) return std::nullopt;
  const TimePoint next = now() + base::exponentialBackoff(kFirstWait, calmRounds_++, kMaxWait);
  // guard: a kill switch looks once more before its time ends
  return std::min(next, latest);
}

AccountReport AccountSweep::finish() {
  if (!kill_.isEmpty && !plan_.options.dryRun && !ledger_.unresolved().empty() && now() < plan_.deadline) {
    // The closed orders show nearly all of them at once. This look must not replace the error that explains why the
    // account is not empty.
    std::optional<Error> error = std::move(kill_.error);
    lookAtClosed(halfWayTo(plan_.deadline));
    kill_.error = std::move(error);
    resolve(plan_.deadline);
  }
  ledger_.report(kill_);
  explainDoubt(kill_, cancelAllTaken_ || ledger_.mayHaveCanceled());
  kill_.call.elapsed = now() - plan_.start;
  tell();
  return std::move(kill_);
}

void AccountSweep::tell() {
  const std::size_t found = ledger_.found();
  const std::size_t gone = kill_.rounds == 0 ? 0 : found - ledger_.alive();  // unknown before the first look
  plan_.feed.update([&](KillSwitchProgress& progress) {
    progress.found += found - toldFound_;
    progress.closed += gone;
    progress.closed -= toldGone_;
  });
  toldFound_ = found;
  toldGone_ = gone;
}

}  // namespace alpaca::broker::workflows

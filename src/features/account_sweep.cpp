#include "features/account_sweep.hpp"

#include "core/doubled.hpp"
#include "core/fan_out.hpp"
#include "core/rate_turn.hpp"
#include "endpoints/cancel_all_orders.hpp"
#include "endpoints/get_order.hpp"
#include "endpoints/list_orders.hpp"
#include "features/cancel_all.hpp"
#include "features/cancel_batch.hpp"
#include "features/confirm_decision.hpp"
#include "features/order_pages.hpp"
#include "features/sweep_ledger.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace alpaca::broker::features {
namespace {

using endpoints::list_orders::kLargestPage;
using std::chrono::milliseconds;
using Clock = core::Caller::Clock;

constexpr milliseconds kFirstWait{50};
constexpr milliseconds kLongestWait{1'000};

class Sweep {
 public:
  Sweep(core::Caller& caller, const AccountId& account, const KillSwitchOptions& options, Clock::time_point deadline,
        std::size_t threads, core::ProgressFeed<KillSwitchProgress>& feed)
      : caller_(caller),
        options_(options),
        threads_(threads),
        feed_(feed),
        // The rest is for finding out what became of the orders.
        limits_{deadline - (deadline - caller.now()) / 10, std::nullopt, options.stop, options.context.get()},
        finalLimits_{deadline, std::nullopt, options.stop, options.context.get()},
        kill_{account} {}

  AccountKill run() {
    if (!options_.dryRun && !isFiltered()) cancelAll();
    do {
      if (!look()) continue;
      kill_.isEmpty = ledger_.open() == 0;
      if (kill_.isEmpty || options_.dryRun) break;
      cancelLeftovers();
    } while (mayLookAgain());
    learnEnds();
    ledger_.report(kill_);
    kill_.isEmpty = kill_.isEmpty && kill_.stillOpen.empty();
    return std::move(kill_);
  }

 private:
  [[nodiscard]] bool isFiltered() const { return options_.side || options_.symbols || options_.clientOrderIdPrefix; }

  // Whatever comes of it, the look that follows shows what is left to do.
  void cancelAll() {
    const core::RateTurn turn(caller_, core::RateUse::Cancel, limits_);
    if (!turn.granted()) return;
    const auto credentials = caller_.credentials();
    auto report = caller_.call(endpoints::cancel_all_orders::operation(kill_.account), limits_, caller_.now());
    if (!report) return;
    explainRefusals(*report, *credentials);
    for (const CancelAllEntry& entry : report->entries) note(entry.order, entry.error);
    tell();
  }

  // @return false when the account could not be looked at.
  bool look() {
    const core::RateTurn turn(caller_, core::RateUse::Cancel, limits_);
    ++kill_.rounds;
    if (!turn.granted()) {
      kill_.error = turn.refusal();
      return false;
    }
    auto open = readOrderPages(caller_, kill_.account, openOrders(options_), limits_, caller_.now());
    if (!open) {
      kill_.error = std::move(open).error();
      return false;
    }
    kill_.error.reset();
    removeOthers(open->orders);
    ledger_.look(std::move(open->orders));
    tell();
    return true;
  }

  // The broker cannot select by the beginning of the client's own ids.
  void removeOthers(std::vector<Order>& orders) const {
    if (!options_.clientOrderIdPrefix) return;
    const std::string& prefix = *options_.clientOrderIdPrefix;
    const auto isOther = [&](const Order& order) { return order.clientOrderId.compare(0, prefix.size(), prefix) != 0; };
    orders.erase(std::remove_if(orders.begin(), orders.end(), isOther), orders.end());
  }

  void cancelLeftovers() {
    std::vector<OrderRef> orders;
    for (const OrderId& id : ledger_.toCancel()) orders.push_back({kill_.account, id});
    const auto left = std::chrono::duration_cast<milliseconds>(limits_.deadline - caller_.now());
    if (orders.empty() || left < milliseconds(1)) return;
    BatchOptions batch;
    batch.deadline = left;
    batch.stop = options_.stop;
    batch.context = options_.context;
    batch.concurrency = static_cast<int>(threads_);
    const BatchReport report = cancelOrders(caller_, orders, batch);
    for (const BatchEntry& entry : report.entries) {
      note(entry.target.order, entry.result ? std::nullopt : std::optional(entry.result.error()));
    }
    if (report.counts().accepted > 0) calmRounds_ = 0;
  }

  void note(const OrderId& order, std::optional<Error> cancelError) {
    if (cancelError) {
      ledger_.cancelFailed(order, std::move(*cancelError));
    } else {
      ledger_.cancelAccepted(order);
    }
  }

  // Waits until another look is worth it. @return false when there is no time, no round or no hope left.
  bool mayLookAgain() {
    if (kill_.rounds >= options_.maxRounds) return false;
    if (kill_.error && isHopeless(kill_.error->kind)) return false;
    const Clock::time_point next = caller_.now() + core::doubled(kFirstWait, calmRounds_++, kLongestWait);
    return next < limits_.deadline && caller_.pause(next, options_.stop);
  }

  // Orders that vanished from the open ones: the latest closed orders tell of nearly all of them at once.
  void learnEnds() {
    const std::size_t vanished = ledger_.vanished().size();
    if (vanished == 0 || caller_.now() >= finalLimits_.deadline) return;
    OrderFilter closed;
    closed.status = OrderFilter::Status::Closed;
    closed.limit = (vanished / kLargestPage + 1) * kLargestPage;
    if (auto page = readOrderPages(caller_, kill_.account, closed, finalLimits_, caller_.now())) {
      for (Order& order : page->orders) ledger_.ended(std::move(order));
    }
    readOneByOne(ledger_.vanished());
  }

  void readOneByOne(const std::vector<OrderId>& orders) {
    std::vector<std::optional<Result<Order>>> results(orders.size());
    core::fanOut(orders.size(), threads_, [&](std::size_t i) {
      const core::RateTurn turn(caller_, core::RateUse::Read, finalLimits_);
      if (!turn.granted()) {
        results[i].emplace(turn.refusal());
        return;
      }
      results[i].emplace(
          caller_.call(endpoints::get_order::operation(kill_.account, orders[i]), finalLimits_, caller_.now()));
    });
    for (std::size_t i = 0; i < orders.size(); ++i) {
      if (!results[i]) continue;
      if (*results[i]) {
        ledger_.read(std::move(**results[i]));
      } else {
        ledger_.unreadable(orders[i], std::move(*results[i]).error());
      }
    }
  }

  void tell() {
    const std::size_t found = ledger_.found();
    const std::size_t gone = kill_.rounds == 0 ? 0 : found - ledger_.open();  // not known before the first look
    feed_.update([&](KillSwitchProgress& progress) {
      progress.found += found - toldFound_;
      progress.gone += gone;
      progress.gone -= toldGone_;
    });
    toldFound_ = found;
    toldGone_ = gone;
  }

  core::Caller& caller_;
  const KillSwitchOptions& options_;
  const std::size_t threads_;
  core::ProgressFeed<KillSwitchProgress>& feed_;
  const core::CallLimits limits_;       // for canceling
  const core::CallLimits finalLimits_;  // for reading how it ended
  AccountKill kill_;
  SweepLedger ledger_;
  int calmRounds_ = 0;  // in a row in which no cancel was accepted
  std::size_t toldFound_ = 0;
  std::size_t toldGone_ = 0;
};

}  // namespace

AccountKill sweepAccount(core::Caller& caller, const AccountId& account, const KillSwitchOptions& options,
                         Clock::time_point deadline, std::size_t threads,
                         core::ProgressFeed<KillSwitchProgress>& feed) {
  AccountKill kill = Sweep(caller, account, options, deadline, threads, feed).run();
  feed.update([](KillSwitchProgress& progress) { ++progress.accountsDone; });
  return kill;
}

OrderFilter openOrders(const KillSwitchOptions& options) {
  OrderFilter filter;
  filter.side = options.side;
  if (options.symbols) filter.symbols = *options.symbols;
  return filter;
}

}  // namespace alpaca::broker::features

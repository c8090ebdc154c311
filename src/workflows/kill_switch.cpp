#include "workflows/kill_switch.hpp"

#include "base/due_queue.hpp"
#include "base/parallel_for.hpp"
#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"
#include "workflows/account_sweep.hpp"
#include "workflows/call_sum.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <unordered_set>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

bool KillSwitchReport::allEmpty() const noexcept {
  return std::all_of(accounts.begin(), accounts.end(), [](const AccountReport& account) { return account.isEmpty; });
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::workflows {
namespace {

constexpr std::chrono::seconds kKillSwitchDeadline{30};

// Runs the passes of many accounts, the earliest due first, on every thread that calls `work()`.
//
// Every account gets its first pass before any account gets a second one. No pass may take more than its share of the
// remaining time, so accounts that hang do not delay others.
class AccountQueue {
 public:
  AccountQueue(const SweepPlan& plan, std::vector<AccountSweep>& sweeps, std::size_t workers)
      : plan_(plan), sweeps_(sweeps), workers_(workers), waiting_(sweeps.size()), unfinished_(sweeps.size()) {
    for (std::size_t i = 0; i < sweeps.size(); ++i) waiting_.add(plan.start, i);
  }

  // Runs passes until none is waiting for a thread.
  void work() {
    while (const auto entry = take()) {
      // A stop never skips the first look at an account. It only cuts short the pauses between later looks.
      const bool isFirst = entry->due == plan_.start;
      if (!isFirst && !plan_.pipeline.pause(entry->due, plan_.options.call.stop)) {
        putBack(entry->number, std::nullopt);
        continue;
      }
      const auto due = sweeps_[entry->number].pass(shareOf(plan_.pipeline.now()));
      if (plan_.pipeline.isInherited()) return;  // a thread of the parent may hold the lock for ever
      putBack(entry->number, due);
    }
  }

 private:
  using TimePoint = SweepPlan::TimePoint;

  // When it returns nothing, other threads still make passes, and they handle whatever follows.
  std::optional<base::DueQueue::Entry> take() {
    const std::lock_guard lock(mutex_);
    return waiting_.take();
  }

  // Returns the end of this pass's share of time. The share lets all accounts run one after the other, with room for
  // one more pass each. The last unfinished account gets all the time that is left.
  TimePoint shareOf(TimePoint now) {
    const std::lock_guard lock(mutex_);
    if (sweeps_.size() > 1 && unfinished_ == 1) return plan_.cancelBy;
    const std::size_t turns = (unfinished_ + workers_ - 1) / workers_;
    // guard: an account that hangs delays no other
    return now + (plan_.cancelBy - now) / static_cast<long>(turns + 1);
  }

  void putBack(std::size_t account, std::optional<TimePoint> due) {
    const std::lock_guard lock(mutex_);
    if (due) {
      waiting_.add(*due, account);
    } else {
      --unfinished_;
    }
  }

  const SweepPlan& plan_;
  std::vector<AccountSweep>& sweeps_;
  const std::size_t workers_;
  std::mutex mutex_;
  base::DueQueue waiting_;
  std::size_t unfinished_;
};

std::vector<AccountId> distinct(const std::vector<AccountId>& accounts) {
  std::vector<AccountId> once;
  std::unordered_set<AccountId> seen;
  std::copy_if(accounts.begin(), accounts.end(), std::back_inserter(once),
               [&](const AccountId& account) { return seen.insert(account).second; });
  return once;
}

std::optional<Error> validate(const std::vector<AccountId>& accounts, const KillSwitchOptions& options) {
  if (accounts.empty()) {
    return model::withNothingSent(model::invalidArgument(
        "accounts", "is an empty list", "at least one account, because \"all accounts\" cannot be chosen"));
  }
  return model::validate(options);
}

std::vector<AccountReport> sweepAll(const SweepPlan& plan, const std::vector<AccountId>& targets, std::size_t workers) {
  std::vector<AccountSweep> sweeps;
  sweeps.reserve(targets.size());
  std::vector<AccountReport> reports;
  reports.reserve(targets.size());
  for (const AccountId& account : targets) {
    sweeps.emplace_back(plan, account);
    reports.push_back({account});
  }
  AccountQueue queue(plan, sweeps, workers);
  base::parallelFor(workers, workers, [&](std::size_t /*worker*/) { queue.work(); });
  base::parallelFor(targets.size(), workers, [&](std::size_t i) {
    reports[i] = sweeps[i].finish();
    plan.feed.update([](KillSwitchProgress& progress) { ++progress.accountsDone; });
  });
  return reports;
}

}  // namespace

Result<KillSwitchReport> killSwitch(call::CallPipeline& pipeline, const std::vector<AccountId>& accounts,
                                    const KillSwitchOptions& options) {
  if (auto fault = validate(accounts, options)) return std::move(*fault);
  const auto start = pipeline.now();
  const std::vector<AccountId> targets = distinct(accounts);
  const auto workers = std::min(targets.size(), pipeline.connections());
  base::ProgressFeed<KillSwitchProgress> feed({targets.size(), 0, 0, 0});
  const auto deadline = start + options.call.deadline.value_or(kKillSwitchDeadline);
  const SweepPlan plan{
      pipeline, options, start, deadline - (deadline - start) / 10, deadline, pipeline.connections() / workers, feed};

  KillSwitchReport report;
  base::runWatched<KillSwitchProgress>(feed, options.progress,
                                       [&] { report.accounts = sweepAll(plan, targets, workers); });
  CallInfo call;
  for (const AccountReport& account : report.accounts) add(call, account.call);
  call.elapsed = pipeline.now() - start;
  return {std::move(report), std::move(call)};
}

}  // namespace alpaca::broker::workflows

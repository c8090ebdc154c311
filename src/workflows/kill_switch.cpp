#include "workflows/kill_switch.hpp"

#include "base/parallel_for.hpp"
#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"
#include "workflows/account_queue.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

bool KillSwitchReport::allEmpty() const noexcept {
  return std::all_of(accounts.begin(), accounts.end(), [](const AccountKill& account) { return account.isEmpty; });
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::workflows {
namespace {

std::vector<AccountId> distinct(const std::vector<AccountId>& accounts) {
  std::vector<AccountId> once;
  std::unordered_set<AccountId> seen;
  std::copy_if(accounts.begin(), accounts.end(), std::back_inserter(once),
               [&](const AccountId& account) { return seen.insert(account).second; });
  return once;
}

std::optional<Error> validate(const std::vector<AccountId>& accounts, const KillSwitchOptions& options) {
  if (accounts.empty()) {
    return model::invalidArgument("accounts", "is an empty list; nothing was sent",
                                  "the accounts to empty: there is no way to say all");
  }
  return model::validate(options);
}

std::vector<AccountKill> sweepAll(const SweepPlan& plan, const std::vector<AccountId>& targets, std::size_t workers) {
  std::vector<AccountSweep> sweeps;
  sweeps.reserve(targets.size());
  std::vector<AccountKill> reports;
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
  const auto deadline = start + options.deadline;
  const SweepPlan plan{
      pipeline, options, start, deadline - (deadline - start) / 10, deadline, pipeline.connections() / workers, feed};

  KillSwitchReport report;
  base::runWatched<KillSwitchProgress>(feed, options.progress,
                                       [&] { report.accounts = sweepAll(plan, targets, workers); });
  report.elapsed = pipeline.now() - start;
  return report;
}

}  // namespace alpaca::broker::workflows

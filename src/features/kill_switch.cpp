#include "features/kill_switch.hpp"

#include "core/fan_out.hpp"
#include "core/invalid_argument.hpp"
#include "core/order_query_check.hpp"
#include "features/account_sweep.hpp"

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

namespace alpaca::broker::features {
namespace {

std::vector<AccountId> distinct(const std::vector<AccountId>& accounts) {
  std::vector<AccountId> once;
  std::unordered_set<AccountId> seen;
  std::copy_if(accounts.begin(), accounts.end(), std::back_inserter(once),
               [&](const AccountId& account) { return seen.insert(account).second; });
  return once;
}

std::optional<Error> faultIn(const std::vector<AccountId>& accounts, const KillSwitchOptions& options) {
  if (accounts.empty()) {
    return core::invalidArgument("accounts", "is an empty list; nothing was sent",
                                 "the accounts to empty: there is no way to say all");
  }
  if (auto fault = core::faultIn(options)) return fault;
  return core::faultIn(openOrders(options));
}

}  // namespace

Result<KillSwitchReport> killSwitch(core::Caller& caller, const std::vector<AccountId>& accounts,
                                    const KillSwitchOptions& options) {
  if (auto fault = faultIn(accounts, options)) return std::move(*fault);
  const auto start = caller.now();
  const std::vector<AccountId> targets = distinct(accounts);
  const auto atOnce = std::min(targets.size(), caller.connections());
  const std::size_t threadsEach = caller.connections() / atOnce;

  KillSwitchReport report;
  for (const AccountId& account : targets) report.accounts.push_back({account});
  core::ProgressFeed<KillSwitchProgress> feed({targets.size(), 0, 0, 0});
  core::runWatched<KillSwitchProgress>(feed, options.progress, [&] {
    core::fanOut(targets.size(), atOnce, [&](std::size_t i) {
      report.accounts[i] = sweepAccount(caller, targets[i], options, start + options.deadline, threadsEach, feed);
    });
  });
  report.elapsed = caller.now() - start;
  return report;
}

}  // namespace alpaca::broker::features

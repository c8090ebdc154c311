#pragma once

#include "core/caller.hpp"
#include "core/progress_feed.hpp"

#include <alpaca/broker/kill_switch.hpp>

namespace alpaca::broker::features {

/// Empties one account: cancels all, looks, cancels what is left one by one, and looks again, until nothing is open or
/// time or rounds have run out. With a filter it begins with the look. `options` have been checked; `deadline` is that
/// of the whole kill switch; `threads` is how many cancels it may have under way at once.
AccountKill sweepAccount(core::Caller& caller, const AccountId& account, const KillSwitchOptions& options,
                         core::Caller::Clock::time_point deadline, std::size_t threads,
                         core::ProgressFeed<KillSwitchProgress>& feed);

/// Which open orders the options mean, as far as the broker can select them.
OrderFilter openOrders(const KillSwitchOptions& options);

}  // namespace alpaca::broker::features

#pragma once

#include "core/caller.hpp"

#include <alpaca/broker/kill_switch.hpp>

#include <vector>

/// Empties accounts, several at once.
namespace alpaca::broker::features {

/// `connections`: how many requests can be on the wire at once.
Result<KillSwitchReport> killSwitch(core::Caller& caller, const std::vector<AccountId>& accounts,
                                    const KillSwitchOptions& options, int connections);

}  // namespace alpaca::broker::features

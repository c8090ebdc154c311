#pragma once

#include "core/caller.hpp"

#include <alpaca/broker/kill_switch.hpp>

#include <vector>

/// Empties accounts, several at once.
namespace alpaca::broker::features {

Result<KillSwitchReport> killSwitch(core::Caller& caller, const std::vector<AccountId>& accounts,
                                    const KillSwitchOptions& options);

}  // namespace alpaca::broker::features

#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/kill_switch.hpp>

#include <vector>

/// The kill switch: empties accounts, several at once.
namespace alpaca::broker::workflows {

Result<KillSwitchReport> killSwitch(call::CallPipeline& pipeline, const std::vector<AccountId>& accounts,
                                    const KillSwitchOptions& options);

}  // namespace alpaca::broker::workflows

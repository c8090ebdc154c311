#pragma once

#include "base/progress_feed.hpp"
#include "call/pipeline.hpp"

#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>

namespace alpaca::broker::workflows {

/// What the sweeps of all accounts share.
struct SweepPlan {
  call::CallPipeline& pipeline;
  const KillSwitchOptions& options;
  call::CallPipeline::Clock::time_point start;
  call::CallPipeline::Clock::time_point cancelBy;  ///< the time after it is for finding out what became of the orders
  call::CallPipeline::Clock::time_point deadline;
  std::size_t threads;  ///< how many requests an account may have in flight at once
  base::ProgressFeed<KillSwitchProgress>& feed;
};

}  // namespace alpaca::broker::workflows

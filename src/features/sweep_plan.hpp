#pragma once

#include "core/caller.hpp"
#include "core/progress_feed.hpp"

#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>

namespace alpaca::broker::features {

/// What the sweeps of all accounts have in common.
struct SweepPlan {
  core::Caller& caller;
  const KillSwitchOptions& options;
  core::Caller::Clock::time_point start;
  core::Caller::Clock::time_point cancelBy;  ///< the rest is for finding out what became of the orders
  core::Caller::Clock::time_point deadline;
  std::size_t threads;  ///< how many cancels an account may have under way at once
  core::ProgressFeed<KillSwitchProgress>& feed;
};

}  // namespace alpaca::broker::features

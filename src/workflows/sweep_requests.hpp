#pragma once

#include "base/progress_feed.hpp"
#include "call/pipeline.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>
#include <optional>
#include <vector>

/// The requests of a kill switch about single orders, several at once.
namespace alpaca::broker::workflows {

/// What the sweeps of all accounts share.
struct SweepPlan {
  using TimePoint = call::CallPipeline::Clock::time_point;

  call::CallPipeline& pipeline;
  const KillSwitchOptions& options;
  TimePoint start;
  TimePoint cancelBy;  ///< the time after it is for finding out what became of the orders
  TimePoint deadline;
  std::size_t threads;  ///< how many requests an account may have in flight at once
  base::ProgressFeed<KillSwitchProgress>& feed;
};

/// The limits of a call that asks for a permit, and is sent without one when none comes in time.
call::CallLimits limitsOf(const SweepPlan& plan, SweepPlan::TimePoint deadline, call::Priority priority,
                          SweepPlan::TimePoint permitUntil);

/// Reads each of the orders.
/// @return the readings in the sequence of `orders`; nothing for an order that the time did not suffice for
std::vector<std::optional<Result<Order>>> readEach(const SweepPlan& plan, const AccountId& account,
                                                   const std::vector<OrderId>& orders, SweepPlan::TimePoint until);

/// Cancels each of the orders. The rate limit delays none beyond the plan's `cancelBy`.
/// @return as above
std::vector<std::optional<Result<CancelAccepted>>> cancelEach(const SweepPlan& plan, const AccountId& account,
                                                              const std::vector<OrderId>& orders,
                                                              SweepPlan::TimePoint until);

}  // namespace alpaca::broker::workflows

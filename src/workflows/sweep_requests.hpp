#pragma once

#include "workflows/sweep_plan.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/result.hpp>

#include <optional>
#include <vector>

/// The many requests that a kill switch makes about single orders of an account, several at once.
namespace alpaca::broker::workflows {

/// An order, and what reading it took.
struct OrderReading {
  Order order;
  CallInfo call{};
};

/// Limits of a call that asks the rate limit for its place, and is sent without one when there is none in time.
call::CallLimits limitsOf(const SweepPlan& plan, call::CallPipeline::Clock::time_point deadline, call::Priority use,
                          call::CallPipeline::Clock::time_point permitUntil);

/// Reads each of the orders. @return nothing for those that the time was too short for, in the order of `orders`
std::vector<std::optional<Result<OrderReading>>> readEach(const SweepPlan& plan, const AccountId& account,
                                                          const std::vector<OrderId>& orders,
                                                          call::CallPipeline::Clock::time_point until);

/// Cancels each of the orders, and lets the rate limit hold up none beyond the plan's time. @return as above
std::vector<std::optional<Result<CancelAccepted>>> cancelEach(const SweepPlan& plan, const AccountId& account,
                                                              const std::vector<OrderId>& orders,
                                                              call::CallPipeline::Clock::time_point until);

}  // namespace alpaca::broker::workflows

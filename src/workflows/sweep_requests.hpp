#pragma once

#include "workflows/sweep_plan.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/result.hpp>

#include <optional>
#include <vector>

/// The requests of a kill switch about single orders, several at once.
namespace alpaca::broker::workflows {

/// An order, and the call that read it.
struct OrderReading {
  Order order;
  CallInfo call{};
};

/// The limits of a call that asks for a permit, and is sent without one when none comes in time.
call::CallLimits limitsOf(const SweepPlan& plan, call::CallPipeline::Clock::time_point deadline,
                          call::Priority priority, call::CallPipeline::Clock::time_point permitUntil);

/// Reads each of the orders.
/// @return the readings in the sequence of `orders`; nothing for an order that the time did not suffice for
std::vector<std::optional<Result<OrderReading>>> readEach(const SweepPlan& plan, const AccountId& account,
                                                          const std::vector<OrderId>& orders,
                                                          call::CallPipeline::Clock::time_point until);

/// Cancels each of the orders. The rate limit delays none beyond the plan's `cancelBy`.
/// @return as above
std::vector<std::optional<Result<CancelAccepted>>> cancelEach(const SweepPlan& plan, const AccountId& account,
                                                              const std::vector<OrderId>& orders,
                                                              call::CallPipeline::Clock::time_point until);

}  // namespace alpaca::broker::workflows

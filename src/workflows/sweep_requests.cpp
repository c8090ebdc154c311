#include "workflows/sweep_requests.hpp"

#include "base/parallel_for.hpp"
#include "endpoints/get_order.hpp"
#include "workflows/cancel_each.hpp"

#include <utility>

namespace alpaca::broker::workflows {
using TimePoint = SweepPlan::TimePoint;

call::CallLimits limitsOf(const SweepPlan& plan, TimePoint deadline, call::Priority priority, TimePoint permitUntil) {
  call::CallLimits limits = call::limitsUntil(deadline, plan.options.call);
  limits.permit = call::RateRequest{priority, permitUntil, call::WhenTooLate::SendAnyway};
  return limits;
}

std::vector<std::optional<Result<Order>>> readEach(const SweepPlan& plan, const AccountId& account,
                                                   const std::vector<OrderId>& orders, TimePoint until) {
  std::vector<std::optional<Result<Order>>> readings(orders.size());
  const call::CallLimits limits = limitsOf(plan, until, call::Priority::Read, until);
  base::parallelFor(orders.size(), plan.threads, [&](std::size_t i) {
    if (plan.pipeline.now() >= until) return;
    readings[i].emplace(
        plan.pipeline.call(endpoints::get_order::operation(account, orders[i]), limits, plan.pipeline.now()));
  });
  return readings;
}

std::vector<std::optional<Result<CancelAccepted>>> cancelEach(const SweepPlan& plan, const AccountId& account,
                                                              const std::vector<OrderId>& orders, TimePoint until) {
  std::vector<std::optional<Result<CancelAccepted>>> results(orders.size());
  call::CallLimits limits = limitsOf(plan, until, call::Priority::Cancel, plan.cancelBy);
  limits.withinClientDeadline = true;
  cancelEach(plan.pipeline,
             {orders.size(),
              [&](std::size_t i) {
                return CancelTarget{account, orders[i]};
              },
              [&](std::size_t i, Result<CancelAccepted> result) { results[i].emplace(std::move(result)); }},
             limits, plan.threads);
  return results;
}

}  // namespace alpaca::broker::workflows

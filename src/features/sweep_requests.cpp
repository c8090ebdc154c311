#include "features/sweep_requests.hpp"

#include "core/fan_out.hpp"
#include "endpoints/get_order.hpp"
#include "features/cancel_each.hpp"

#include <utility>

namespace alpaca::broker::features {
namespace {

using TimePoint = core::Caller::Clock::time_point;

core::Operation<OrderReading> readingOf(const AccountId& account, const OrderId& order) {
  auto plain = endpoints::get_order::operation(account, order);
  const auto read = [response = plain.response](const http::HttpResponse& answer) -> Result<OrderReading> {
    Result<Order> found = response(answer);
    if (!found) return std::move(found).error();
    return OrderReading{*std::move(found)};
  };
  return {std::move(plain.sending), read, plain.advice};
}

}  // namespace

core::CallLimits limitsOf(const SweepPlan& plan, TimePoint deadline, core::RateUse use, TimePoint permitUntil) {
  return {deadline, std::nullopt, plan.options.stop, plan.options.context.get(),
          core::RatePermit{use, permitUntil, core::WhenTooLate::SendAnyway}};
}

std::vector<std::optional<Result<OrderReading>>> readEach(const SweepPlan& plan, const AccountId& account,
                                                          const std::vector<OrderId>& orders, TimePoint until) {
  std::vector<std::optional<Result<OrderReading>>> readings(orders.size());
  const core::CallLimits limits = limitsOf(plan, until, core::RateUse::Read, until);
  core::fanOut(orders.size(), plan.threads, [&](std::size_t i) {
    if (plan.caller.now() >= until) return;
    readings[i].emplace(plan.caller.call(readingOf(account, orders[i]), limits, plan.caller.now()));
  });
  return readings;
}

std::vector<std::optional<Result<CancelAccepted>>> cancelEach(const SweepPlan& plan, const AccountId& account,
                                                              const std::vector<OrderId>& orders, TimePoint until) {
  std::vector<std::optional<Result<CancelAccepted>>> results(orders.size());
  core::CallLimits limits = limitsOf(plan, until, core::RateUse::Cancel, plan.cancelBy);
  limits.withinClientDeadline = true;
  cancelEach(plan.caller,
             {orders.size(),
              [&](std::size_t i) {
                return CancelTarget{account, orders[i]};
              },
              [&](std::size_t i, Result<CancelAccepted> result) { results[i].emplace(std::move(result)); }},
             limits, plan.threads);
  return results;
}

}  // namespace alpaca::broker::features

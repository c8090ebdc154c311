#include "features/sweep_requests.hpp"

#include "core/fan_out.hpp"
#include "core/rate_turn.hpp"
#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"

#include <algorithm>
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

Result<CancelAccepted> cancelOne(const SweepPlan& plan, const AccountId& account, const OrderId& order,
                                 TimePoint until) {
  const core::RateTurn turn(plan.caller, core::RateUse::Cancel, limitsOf(plan, plan.cancelBy),
                            core::WhenTooLate::SendAnyway);
  if (!turn.granted()) return turn.refusal();
  const TimePoint begin = plan.caller.now();
  const TimePoint end = std::min(plan.caller.limits({}, begin).deadline, std::max(until, begin));
  return plan.caller.call(endpoints::cancel_order::operation(account, order), limitsOf(plan, end), begin);
}

}  // namespace

core::CallLimits limitsOf(const SweepPlan& plan, TimePoint deadline) {
  return {deadline, std::nullopt, plan.options.stop, plan.options.context.get()};
}

std::vector<std::optional<Result<OrderReading>>> readEach(const SweepPlan& plan, const AccountId& account,
                                                          const std::vector<OrderId>& orders, TimePoint until) {
  std::vector<std::optional<Result<OrderReading>>> readings(orders.size());
  core::fanOut(orders.size(), plan.threads, [&](std::size_t i) {
    const core::RateTurn turn(plan.caller, core::RateUse::Read, limitsOf(plan, until), core::WhenTooLate::SendAnyway);
    if (!turn.granted() || plan.caller.now() >= until) return;
    readings[i].emplace(plan.caller.call(readingOf(account, orders[i]), limitsOf(plan, until), plan.caller.now()));
  });
  return readings;
}

std::vector<std::optional<Result<CancelAccepted>>> cancelEach(const SweepPlan& plan, const AccountId& account,
                                                              const std::vector<OrderId>& orders, TimePoint until) {
  std::vector<std::optional<Result<CancelAccepted>>> results(orders.size());
  core::fanOut(orders.size(), plan.threads, [&](std::size_t i) {
    if (plan.caller.now() < until) results[i].emplace(cancelOne(plan, account, orders[i], until));
  });
  return results;
}

}  // namespace alpaca::broker::features

#include "features/cancel_each.hpp"

#include "core/fan_out.hpp"
#include "core/out_of_memory.hpp"
#include "core/rate_turn.hpp"
#include "endpoints/cancel_order.hpp"

#include <algorithm>
#include <atomic>
#include <new>
#include <utility>

namespace alpaca::broker::features {
namespace {

Result<CancelAccepted> cancelOne(core::Caller& caller, const CancelSeries& orders, std::size_t index,
                                 const core::CallLimits& series) try {
  const CancelTarget target = orders.target(index);
  const core::RateTurn turn(caller, core::RateUse::Cancel, series);
  if (!turn.granted()) return turn.refusal();
  const auto start = caller.now();
  if (start >= series.deadline) return outOfTime();
  core::CallLimits limits = series;
  limits.deadline = std::min(caller.limits({}, start).deadline, series.deadline);
  return caller.call(endpoints::cancel_order::operation(target.account, target.order), limits, start);
} catch (const std::bad_alloc&) {  // nothing was sent, and the others' results are not to be lost with this one
  return core::outOfMemory();
}

bool isAborted(const Result<CancelAccepted>& result) { return !result && result.error().kind == ErrorKind::Aborted; }

}  // namespace

CancelSeriesEnd cancelEach(core::Caller& caller, const CancelSeries& series, const core::CallLimits& limits,
                           std::size_t threads) {
  std::atomic<bool> stopped{false};
  const auto cancel = [&](std::size_t index) {
    Result<CancelAccepted> result = cancelOne(caller, series, index, limits);
    if (isAborted(result)) stopped = true;
    series.done(index, std::move(result));
  };
  const auto goOn = [&] {
    if (limits.stop.stopRequested()) stopped = true;
    return !stopped && caller.now() < limits.deadline;
  };
  CancelSeriesEnd end;
  end.begun = core::fanOut(series.count, threads, cancel, goOn);
  end.stopped = stopped;
  return end;
}

Error outOfTime() {
  Error error;
  error.kind = ErrorKind::NotSent;
  error.message =
      "The request was not sent: the deadline of the batch had passed. It is safe to cancel the order again.";
  return error;
}

void makeStopped(Error& error) {
  error.kind = ErrorKind::Aborted;
  error.message = "The request was not sent: the call was stopped.";
}

}  // namespace alpaca::broker::features

#include "workflows/cancel_each.hpp"

#include "base/parallel_for.hpp"
#include "endpoints/cancel_order.hpp"
#include "model/out_of_memory.hpp"

#include <atomic>
#include <new>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

Result<CancelAccepted> cancelOne(call::CallPipeline& pipeline, const CancelSeries& orders, std::size_t index,
                                 const call::CallLimits& limits) try {
  const CancelTarget target = orders.target(index);
  return pipeline.call(endpoints::cancel_order::operation(target.account, target.order), limits, pipeline.now());
} catch (const std::bad_alloc&) {  // nothing was sent; the results of the other orders must survive
  return model::outOfMemory();
}

}  // namespace

CancelSeriesEnd cancelEach(call::CallPipeline& pipeline, const CancelSeries& series, const call::CallLimits& limits,
                           std::size_t threads) {
  std::atomic<bool> stopped{false};
  const auto cancel = [&](std::size_t index) {
    Result<CancelAccepted> result = cancelOne(pipeline, series, index, limits);
    if (!result && result.error().kind == ErrorKind::Aborted) stopped = true;
    series.done(index, std::move(result));
  };
  const auto goOn = [&] {
    if (limits.stop.stopRequested()) stopped = true;
    // guard: a stopped batch sends nothing more
    // guard: a batch past its deadline reads no clock for the rest
    return !stopped && pipeline.now() < limits.deadline;
  };
  CancelSeriesEnd end;
  end.begun = base::parallelFor(series.count, threads, cancel, goOn);
  end.stopped = stopped;
  return end;
}

}  // namespace alpaca::broker::workflows

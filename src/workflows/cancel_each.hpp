#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/ids.hpp>

#include <cstddef>
#include <functional>

namespace alpaca::broker::workflows {

/// Which order to cancel; both outlive the call.
struct CancelTarget {
  const AccountId& account;
  const OrderId& order;
};

/// The orders by number, and what takes the result of each. Both are called on several threads at once. `target` may
/// throw std::bad_alloc: then that order is not sent. `done` must not throw.
struct CancelSeries {
  std::size_t count = 0;
  std::function<CancelTarget(std::size_t index)> target;
  std::function<void(std::size_t index, Result<CancelAccepted> result)> done;
};

/// How a series ended.
struct CancelSeriesEnd {
  std::size_t begun = 0;  ///< the first so many orders have a result; the others were not sent
  bool stopped = false;   ///< why not: a stop, or the end of the client; else the deadline
};

/// Cancels orders, each by the one call that cancels one, on up to `threads` threads. `limits` are those of each
/// cancel, and their deadline is that of the series. Once a stop comes or the deadline has passed, nothing is done
/// about the orders that are left, however many they are.
CancelSeriesEnd cancelEach(call::CallPipeline& pipeline, const CancelSeries& series, const call::CallLimits& limits,
                           std::size_t threads);

/// What the deadline left no time for.
Error outOfTime();

/// What a stop came before. Makes the error say so without taking memory, if it was `outOfTime()`.
void makeStopped(Error& error);

}  // namespace alpaca::broker::workflows

#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/ids.hpp>

#include <cstddef>
#include <functional>

namespace alpaca::broker::workflows {

/// The order to cancel. Both references outlive the call.
struct CancelTarget {
  const AccountId& account;
  const OrderId& order;
};

/// The orders to cancel, by number, and the callback that takes each result. Several threads call both functions at
/// once. `target` may throw std::bad_alloc: that order is then not sent. `done` must not throw.
struct CancelSeries {
  std::size_t count = 0;
  std::function<CancelTarget(std::size_t index)> target;
  std::function<void(std::size_t index, Result<CancelAccepted> result)> done;
};

/// How a series ended.
struct CancelSeriesEnd {
  std::size_t begun = 0;  ///< how many orders, counted from the first, have a result; the others were not sent
  bool stopped = false;   ///< why others were not sent: true for a stop or a closed client, false for the deadline
};

/// Cancels orders on up to `threads` threads, one request per order. `limits` apply to each cancel; their deadline is
/// that of the whole series. After a stop or the deadline, it ends without touching the remaining orders, however many
/// there are.
CancelSeriesEnd cancelEach(call::CallPipeline& pipeline, const CancelSeries& series, const call::CallLimits& limits,
                           std::size_t threads);

}  // namespace alpaca::broker::workflows

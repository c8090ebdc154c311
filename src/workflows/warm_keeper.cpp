#include "workflows/warm_keeper.hpp"

#include "base/join_unless_own.hpp"
#include "endpoints/get_clock.hpp"
#include "workflows/warm_pace.hpp"

#include <utility>

namespace alpaca::broker::workflows {
namespace {

// Sends a request on one cold connection, unless the rate limit allows none now.
Result<MarketClock> warmOne(call::CallPipeline& pipeline, WarmPace::TimePoint unusedSince) {
  const auto start = pipeline.now();
  CallOptions once;
  // guard: keeping warm retries nothing
  once.maxAttempts = 1;
  call::CallLimits limits = pipeline.limits(once, start);
  // guard: keeping warm leaves the rate limit to others
  limits.permit = call::RateRequest{call::Priority::Read, start};
  return pipeline.call(endpoints::get_clock::operation(unusedSince), limits, start);
}

// After a missing answer, the next connection may still work: this one may have been dead for long. Any other failure
// would repeat on the next connection.
bool isWorthGoingOn(const Result<MarketClock>& answer) {
  // guard: keeping warm stops at a failure that affects all connections
  return answer || answer.error().kind == ErrorKind::InDoubt;
}

// @return how many requests it tried to send
std::size_t warmCold(call::CallPipeline& pipeline, const WarmPace& pace) noexcept try {
  const std::size_t max = pace.requestsFor(pipeline.coldConnections(pace.wanted(), pace.unusedSince()));
  for (std::size_t tried = 0; tried < max; ++tried) {
    const auto answer = warmOne(pipeline, pace.unusedSince());
    // An observer may have forked: in the child, a lock may be held for ever.
    if (pipeline.isInherited()) return tried;
    if (!isWorthGoingOn(answer)) return tried + (answer.error().call.attempts > 0 ? 1 : 0);
  }
  return max;
} catch (...) {  // out of memory after an unknown number of requests; the next interval tries again
  return pace.wanted();
}

}  // namespace

void keepWarm(call::CallPipeline& pipeline, const KeepWarmOptions& options) {
  WarmPace pace(options, pipeline.now());
  do {
    const std::size_t requests = warmCold(pipeline, pace);
    // guard: keeping warm ends in a child that an observer makes
    if (pipeline.isInherited()) return;
    pace.looked(requests, pipeline.now());
  } while (pipeline.pause(pace.due(), {}));
}

void WarmKeeper::start(std::shared_ptr<call::CallPipeline> pipeline, const KeepWarmOptions& options) {
  if (options.connections == 0) return;
  thread_ = std::thread([pipeline = std::move(pipeline), options, released = release_.get_future()] {
    keepWarm(*pipeline, options);
    if (!pipeline->isInherited()) released.wait();
  });
}

void WarmKeeper::abandon() {
  if (thread_.joinable()) thread_.detach();
}

void WarmKeeper::join() {
  if (!thread_.joinable()) return;
  release_.set_value();
  base::joinUnlessOwn(thread_);
}

}  // namespace alpaca::broker::workflows

#include "call/rate_permit.hpp"

#include "call/pipeline.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace alpaca::broker::call {

RatePermit::RatePermit(CallPipeline& pipeline, const CallLimits& limits) : pipeline_(pipeline) {
  if (limits.permit) refusal_ = acquire(*limits.permit, limits);
}

std::optional<Error> RatePermit::acquire(const RateRequest& request, const CallLimits& limits) {
  // guard: no wait for a permit outlasts the call it is for
  const auto until = std::min(request.until, limits.deadline);
  while (const auto again = pipeline_.rateLimiter().tryAcquire(request.priority, pipeline_.now())) {
    // guard: a kill switch is not held up by the rate limit beyond its deadline
    if (*again >= until && request.whenTooLate == WhenTooLate::SendAnyway) {
      pipeline_.rateLimiter().acquireAnyway();
      break;
    }
    if (*again >= until) {
      const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*again - pipeline_.now());
      Error error{
          ErrorKind::NotSent,
          "The request was not sent: the broker's rate limit allows no request before the deadline. It is safe to call "
          "again, in " +
              std::to_string(wait.count()) + " ms."};
      error.retryAfter = wait;
      return error;
    }
    if (!pipeline_.pause(*again, limits.stop)) {
      return Error{ErrorKind::Aborted, "The request was not sent: the call was stopped."};
    }
  }
  isHeld_ = true;
  return std::nullopt;
}

RatePermit::~RatePermit() {
  if (isHeld_ && !pipeline_.isInherited()) pipeline_.rateLimiter().release();
}

}  // namespace alpaca::broker::call

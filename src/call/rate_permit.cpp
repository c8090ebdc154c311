#include "call/rate_permit.hpp"

#include "call/pipeline.hpp"

#include <algorithm>
#include <string>

namespace alpaca::broker::call {

RatePermit::RatePermit(CallPipeline& pipeline, const CallLimits& limits)
    : pipeline_(pipeline), end_(limits.permit ? wait(limits) : End::NotAsked) {}

RatePermit::End RatePermit::wait(const CallLimits& limits) {
  const RateRequest& permit = *limits.permit;
  // guard: no wait for a permit outlasts the call it is for
  const auto until = std::min(permit.until, limits.deadline);
  while (const auto again = pipeline_.rateLimiter().take(permit.use, pipeline_.now())) {
    // guard: a kill switch is not held up by the rate limit beyond its deadline
    if (*again >= until && permit.whenTooLate == WhenTooLate::SendAnyway) {
      pipeline_.rateLimiter().acquireAnyway();
      return End::Granted;
    }
    if (*again >= until) {
      wait_ = std::chrono::ceil<std::chrono::milliseconds>(*again - pipeline_.now());
      return End::TooLate;
    }
    if (!pipeline_.pause(*again, limits.stop)) return End::Stopped;
  }
  return End::Granted;
}

RatePermit::~RatePermit() {
  if (end_ == End::Granted && !pipeline_.isInherited()) pipeline_.rateLimiter().giveBack();
}

std::optional<Error> RatePermit::refusal() const {
  if (end_ == End::NotAsked || end_ == End::Granted) return std::nullopt;
  Error error;
  if (end_ == End::Stopped) {
    error.kind = ErrorKind::Aborted;
    error.message = "The request was not sent: the call was stopped.";
    return error;
  }
  error.kind = ErrorKind::NotSent;
  error.retryAfter = wait_;
  error.message =
      "The request was not sent: the broker's rate limit leaves none before the deadline. It is safe to call "
      "again, in " +
      std::to_string(wait_.count()) + " ms.";
  return error;
}

}  // namespace alpaca::broker::call

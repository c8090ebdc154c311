#include "call/rate_permit.hpp"

#include "call/pipeline.hpp"
#include "platform/process.hpp"

#include <string>

namespace alpaca::broker::call {

RateTurn::RateTurn(Caller& caller, const CallLimits& limits)
    : caller_(caller), process_(platform::processId()), end_(limits.permit ? wait(limits) : End::NotAsked) {}

RateTurn::End RateTurn::wait(const CallLimits& limits) {
  const RatePermit& permit = *limits.permit;
  while (const auto again = caller_.pacer().take(permit.use, caller_.now())) {
    if (*again >= permit.until && permit.whenTooLate == WhenTooLate::SendAnyway) {
      caller_.pacer().takeAnyway();
      return End::Granted;
    }
    if (*again >= permit.until) {
      wait_ = std::chrono::ceil<std::chrono::milliseconds>(*again - caller_.now());
      return End::TooLate;
    }
    if (!caller_.pause(*again, limits.stop)) return End::Stopped;
  }
  return End::Granted;
}

// Not in a child that the call's observer has made: the lock may be held for ever by a thread that is not there.
RateTurn::~RateTurn() {
  if (end_ == End::Granted && process_ == platform::processId()) caller_.pacer().giveBack();
}

std::optional<Error> RateTurn::refusal() const {
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

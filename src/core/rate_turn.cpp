#include "core/rate_turn.hpp"

#include "platform/process.hpp"

#include <string>

namespace alpaca::broker::core {

RateTurn::RateTurn(Caller& caller, RateUse use, const CallLimits& limits, WhenTooLate whenTooLate)
    : process_(platform::processId()), caller_(caller) {
  while (const auto again = caller_.pacer().take(use, caller_.now())) {
    if (*again >= limits.deadline) {
      if (whenTooLate == WhenTooLate::SendAnyway) {
        caller_.pacer().takeAnyway();
        return;
      }
      end_ = End::TooLate;
      wait_ = std::chrono::ceil<std::chrono::milliseconds>(*again - caller_.now());
      return;
    }
    if (!caller_.pause(*again, limits.stop)) {
      end_ = End::Stopped;
      return;
    }
  }
}

// Not in a child that the call's observer has made: the lock may be held for ever by a thread that is not there.
RateTurn::~RateTurn() {
  if (granted() && process_ == platform::processId()) caller_.pacer().giveBack();
}

Error RateTurn::refusal() const {
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

}  // namespace alpaca::broker::core

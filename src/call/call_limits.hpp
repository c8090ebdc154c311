#pragma once

#include <alpaca/broker/stop.hpp>

#include <chrono>
#include <optional>

namespace alpaca::broker::call {

/// What a request is for, when the broker's rate limit does not leave enough for everything.
enum class Priority {
  Cancel,
  Read,  ///< leaves a tenth of the limit to the cancels
};

/// What to do about a request for which the rate limit leaves no place in time.
enum class WhenTooLate {
  Refuse,     ///< not sent
  SendAnyway  ///< sent at once: what the limit is thought to be can be wrong, and a 429 does no harm
};

/// Asks for a place within the broker's rate limit.
struct RateRequest {
  Priority use;
  std::chrono::steady_clock::time_point until;  ///< the call waits no longer than this for its place
  WhenTooLate whenTooLate = WhenTooLate::Refuse;
};

/// What bounds one call, and whose it is.
struct CallLimits {
  std::chrono::steady_clock::time_point deadline;
  std::optional<int> maxAttempts{};  ///< absent: as the client's options say
  StopToken stop{};
  const void* context = nullptr;        ///< for the observer; the caller keeps it alive until the call has ended
  std::optional<RateRequest> permit{};  ///< absent: the call does not ask the rate limit and is never held up by it
  bool withinClientDeadline = false;    ///< the client's own deadline holds, too, counted from the permit on
};

}  // namespace alpaca::broker::call

#pragma once

#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/stop.hpp>

#include <chrono>
#include <optional>

namespace alpaca::broker::call {

/// Which requests go first when the broker's rate limit does not suffice for all.
enum class Priority {
  Cancel,
  Read,  ///< leaves a tenth of the limit to cancels
};

/// What to do with a request that gets no permit in time.
enum class WhenTooLate {
  Refuse,     ///< not sent
  SendAnyway  ///< sent at once: the limiter may be wrong, and a 429 does no harm
};

/// Asks for a permit under the broker's rate limit.
struct RateRequest {
  Priority priority;
  std::chrono::steady_clock::time_point until;  ///< the call waits for its permit until then, at most
  WhenTooLate whenTooLate = WhenTooLate::Refuse;
};

/// The limits of one call, and its context.
struct CallLimits {
  std::chrono::steady_clock::time_point deadline;
  std::optional<int> maxAttempts{};                           ///< absent: the limit of the client's options
  std::optional<std::chrono::milliseconds> attemptTimeout{};  ///< absent: see `timeForAttempt`
  StopToken stop{};
  const void* context = nullptr;        ///< for the observer; must stay alive until the call has ended
  std::optional<RateRequest> permit{};  ///< absent: the call needs no permit, and the rate limit never delays it
  bool withinClientDeadline = false;    ///< the client's deadline applies as well, counted from the permit
};

/// The limits that the options of a call set, up to this deadline. The context of the options must stay alive.
inline CallLimits limitsUntil(std::chrono::steady_clock::time_point deadline, const CallOptions& options) {
  return {deadline, options.maxAttempts, options.attemptTimeout, options.stop, options.context.get()};
}

}  // namespace alpaca::broker::call

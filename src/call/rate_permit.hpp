#pragma once

#include "call/call_limits.hpp"

#include <alpaca/broker/error.hpp>

#include <chrono>
#include <optional>

namespace alpaca::broker::call {

class Caller;

/// A place for one request within the broker's rate limit, waited for and held until the answer is in.
class RateTurn {
 public:
  /// Waits until the limit leaves a request, if the limits ask for a permit.
  RateTurn(Caller& caller, const CallLimits& limits);
  ~RateTurn();
  RateTurn(const RateTurn&) = delete;
  RateTurn& operator=(const RateTurn&) = delete;

  /// Why the request may not be sent: a stop or the end of the client came first, or the limit leaves nothing in time.
  [[nodiscard]] std::optional<Error> refusal() const;

 private:
  enum class End { NotAsked, Granted, Stopped, TooLate };

  End wait(const CallLimits& limits);

  Caller& caller_;
  const long process_;
  std::chrono::milliseconds wait_{0};
  End end_;
};

}  // namespace alpaca::broker::call

#pragma once

#include "call/call_limits.hpp"

#include <alpaca/broker/error.hpp>

#include <chrono>
#include <optional>

namespace alpaca::broker::call {

class CallPipeline;

/// A place for one request within the broker's rate limit, waited for and held until the answer is in.
class RatePermit {
 public:
  /// Waits until the limit leaves a request, if the limits ask for a permit.
  RatePermit(CallPipeline& pipeline, const CallLimits& limits);
  ~RatePermit();
  RatePermit(const RatePermit&) = delete;
  RatePermit& operator=(const RatePermit&) = delete;

  /// Why the request may not be sent: a stop or the end of the client came first, or the limit leaves nothing in time.
  [[nodiscard]] std::optional<Error> refusal() const;

 private:
  enum class End { NotAsked, Granted, Stopped, TooLate };

  End wait(const CallLimits& limits);

  CallPipeline& pipeline_;
  const long process_;
  std::chrono::milliseconds wait_{0};
  End end_;
};

}  // namespace alpaca::broker::call

#pragma once

#include "call/call_limits.hpp"

#include <alpaca/broker/error.hpp>

#include <optional>

namespace alpaca::broker::call {

class CallPipeline;

/// The right to send one request under the broker's rate limit, held until its answer has arrived.
class RatePermit {
 public:
  /// Waits for a permit, if the limits ask for one.
  RatePermit(CallPipeline& pipeline, const CallLimits& limits);
  ~RatePermit();
  RatePermit(const RatePermit&) = delete;
  RatePermit& operator=(const RatePermit&) = delete;

  /// Why the request must not be sent: a stop or the client's end came first, or the rate limit allows none in time.
  [[nodiscard]] const std::optional<Error>& refusal() const noexcept { return refusal_; }

 private:
  std::optional<Error> acquire(const RateRequest& request, const CallLimits& limits);

  CallPipeline& pipeline_;
  bool isHeld_ = false;
  std::optional<Error> refusal_;
};

}  // namespace alpaca::broker::call

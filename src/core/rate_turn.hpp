#pragma once

#include "core/caller.hpp"

namespace alpaca::broker::core {

/// A place for one request within the broker's rate limit, waited for and held until the answer is in.
class RateTurn {
 public:
  enum class End {
    Granted,
    Stopped,  ///< by the stop token or the end of the client
    TooLate,  ///< the limit leaves no request before the deadline
  };

  /// Blocks until the limit leaves a request, at most until the deadline.
  RateTurn(Caller& caller, RateUse use, const CallLimits& limits);
  ~RateTurn();
  RateTurn(const RateTurn&) = delete;
  RateTurn& operator=(const RateTurn&) = delete;

  [[nodiscard]] End end() const noexcept { return end_; }

  /// When not granted for lack of time: how long the broker wants to be left alone.
  [[nodiscard]] std::chrono::milliseconds wait() const noexcept { return wait_; }

 private:
  Caller& caller_;
  End end_ = End::Granted;
  std::chrono::milliseconds wait_{0};
};

}  // namespace alpaca::broker::core

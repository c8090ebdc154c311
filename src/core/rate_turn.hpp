#pragma once

#include "core/caller.hpp"

namespace alpaca::broker::core {

/// What to do about a request for which the rate limit leaves no place before the deadline.
enum class WhenTooLate {
  Refuse,     ///< not sent
  SendAnyway  ///< sent at once: what the limit is thought to be can be wrong, and a 429 does no harm
};

/// A place for one request within the broker's rate limit, waited for and held until the answer is in.
class RateTurn {
 public:
  /// Blocks until the limit leaves a request. Not granted when a stop or the client's end comes before, or when it
  /// leaves none before the deadline and that is to be a refusal.
  RateTurn(Caller& caller, RateUse use, const CallLimits& limits, WhenTooLate whenTooLate = WhenTooLate::Refuse);
  ~RateTurn();
  RateTurn(const RateTurn&) = delete;
  RateTurn& operator=(const RateTurn&) = delete;

  [[nodiscard]] bool granted() const noexcept { return end_ == End::Granted; }

  /// What it means for a request that it was not granted.
  [[nodiscard]] Error refusal() const;

 private:
  enum class End { Granted, Stopped, TooLate };

  const long process_;
  Caller& caller_;
  End end_ = End::Granted;
  std::chrono::milliseconds wait_{0};
};

}  // namespace alpaca::broker::core

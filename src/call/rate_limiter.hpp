#pragma once

#include "call/call_limits.hpp"

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <mutex>
#include <optional>

namespace alpaca::broker::call {

/// Keeps batches, polling and other floods of requests within the broker's rate limit, as the answers describe it.
/// Every call of a client teaches it. A single cancel never asks it, so it is never delayed. Thread-safe; never blocks.
///
/// No answer counts for long: the answer to a later request corrects it, up or down. No wait exceeds `kMaxWait`: after
/// that, one request at a time finds out the current state.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  /// The broker seems to use fixed windows of one minute.
  static constexpr std::chrono::seconds kMaxWait{60};

  /// Learns the limit that an answer reports. Ignores a limit of 0 or less: it would forbid every request.
  /// @param sent when its request was sent: tells a stale answer from a new one
  void learn(const RateLimit& limit, Clock::time_point sent, Clock::time_point now);

  /// Learns from a 429 that the broker wants no requests until then. Among requests in flight together, the longest
  /// pause counts.
  void pauseUntil(Clock::time_point until, Clock::time_point sent, Clock::time_point now);

  /// Learns that the broker answered other than with 429. That ends a pause that is older than the request.
  void answered(Clock::time_point sent);

  /// Takes one of the remaining requests. Call `release()` when its answer has arrived. There is no limit until an
  /// answer reports one.
  /// @return nothing when it was taken; otherwise when to ask again
  std::optional<Clock::time_point> tryAcquire(Priority priority, Clock::time_point now);

  /// Takes a request even if none remains. Call `release()` here, too.
  void acquireAnyway();
  void release();

 private:
  [[nodiscard]] bool isOlder(const RateLimit& limit, Clock::time_point sent, Clock::time_point now) const;
  [[nodiscard]] int left(Priority priority, Clock::time_point now) const;

  std::mutex mutex_;
  std::optional<RateLimit> window_;  // from the latest answer
  Clock::time_point windowEnd_{};
  bool windowCut_ = false;  // the answer named a later end than `windowEnd_`
  Clock::time_point learnedAt_{};
  Clock::time_point pausedUntil_{};
  Clock::time_point pausedAt_{};
  int inFlight_ = 0;
};

}  // namespace alpaca::broker::call

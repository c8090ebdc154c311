#pragma once

#include "call/call_limits.hpp"

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <mutex>
#include <optional>

namespace alpaca::broker::call {

/// Keeps whatever sends many requests (batches, polling) within the broker's rate limit, by what the answers say about
/// it. All calls of a client teach it; a single cancel never asks it and is never held up. Thread-safe; never blocks.
///
/// One answer never rules for long: an answer to a later request corrects what an earlier one said, in both directions.
/// And no wait lasts longer than `kMaxWait`: after that, one request at a time finds out what is true by then.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  /// The broker's windows look like a fixed minute.
  static constexpr std::chrono::seconds kMaxWait{60};

  /// Takes in what an answer said. A limit of 0 or less is ignored: nobody could ever send anything.
  /// @param sent when its request was sent: tells a late answer from a new one
  void learn(const RateLimit& limit, Clock::time_point sent, Clock::time_point now);

  /// Takes in that the broker wants no requests before then (429). Of requests under way together, the longest counts.
  void hold(Clock::time_point until, Clock::time_point sent, Clock::time_point now);

  /// Takes in that the broker answered other than with 429: ends a hold that is older than the request.
  void answered(Clock::time_point sent);

  /// Takes one of the requests that the broker still allows; `giveBack()` must follow when its answer is in. As long as
  /// no answer has told of a limit, there is none.
  /// @return nothing when it was taken, else when it is worth asking again.
  std::optional<Clock::time_point> take(Priority use, Clock::time_point now);

  /// Takes one although there may be none left; `giveBack()` must follow, too.
  void acquireAnyway();
  void giveBack();

 private:
  [[nodiscard]] bool isOlder(const RateLimit& limit, Clock::time_point sent, Clock::time_point now) const;
  [[nodiscard]] int left(Priority use, Clock::time_point now) const;

  std::mutex mutex_;
  std::optional<RateLimit> window_;  // as the latest answer described it
  Clock::time_point windowEnd_{};
  bool windowCut_ = false;  // it is said to end later than this
  Clock::time_point learnedAt_{};
  Clock::time_point heldUntil_{};
  Clock::time_point heldAt_{};
  int inFlight_ = 0;
};

}  // namespace alpaca::broker::call

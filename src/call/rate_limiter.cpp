#include "call/rate_limiter.hpp"

#include <algorithm>

namespace alpaca::broker::call {
namespace {

constexpr int kReserveForCancels = 10;  // one request in ten
constexpr std::chrono::milliseconds kUntilSomeAnswerIsIn{10};

}  // namespace

void RateLimiter::learn(const RateLimit& limit, Clock::time_point sent, Clock::time_point now) {
  if (limit.limit <= 0) return;
  const std::lock_guard lock(mutex_);
  if (isOlder(limit, sent, now)) return;
  window_ = limit;
  windowCut_ = limit.resetIn > kMaxWait;
  windowEnd_ = now + std::min<Clock::duration>(limit.resetIn, kMaxWait);
  learnedAt_ = now;
}

// Detects a stale answer. Answers to requests in flight together can overtake each other: one from an earlier window,
// or with more remaining than is known, is stale. The answer to a request that was sent later is never stale.
bool RateLimiter::isOlder(const RateLimit& limit, Clock::time_point sent, Clock::time_point now) const {
  // guard: a later answer corrects the rate limit
  if (!window_ || now >= windowEnd_ || sent > learnedAt_) return false;
  if (limit.resetAt != window_->resetAt) return limit.resetAt < window_->resetAt;
  return limit.remaining > window_->remaining;
}

void RateLimiter::pauseUntil(Clock::time_point until, Clock::time_point sent, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  // guard: no pause lasts longer than a minute
  const auto capped = std::min<Clock::time_point>(until, now + kMaxWait);
  pausedUntil_ = sent > pausedAt_ ? capped : std::max(pausedUntil_, capped);
  pausedAt_ = now;
}

void RateLimiter::answered(Clock::time_point sent) {
  const std::lock_guard lock(mutex_);
  // guard: a later answer ends a pause
  if (sent > pausedAt_) pausedUntil_ = {};
}

std::optional<RateLimiter::Clock::time_point> RateLimiter::tryAcquire(Priority priority, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  // guard: a 429 pauses the whole batch
  if (now < pausedUntil_) return pausedUntil_;
  if (window_ && left(priority, now) <= 0) {
    // A request in flight may count twice: here, and in the broker's remaining count.
    const auto soon = now + kUntilSomeAnswerIsIn;
    return inFlight_ > 0 || now >= windowEnd_ ? soon : std::max(windowEnd_, soon);
  }
  ++inFlight_;
  return std::nullopt;
}

int RateLimiter::left(Priority priority, Clock::time_point now) const {
  // In a new window that no answer has described yet, the whole limit is left. A window whose end was capped may still
  // last, though: a single request, whatever its priority, finds out.
  if (now >= windowEnd_ && windowCut_) return 1 - inFlight_;
  const int remaining = now < windowEnd_ ? window_->remaining : window_->limit;
  const int reserve = priority == Priority::Read ? window_->limit / kReserveForCancels : 0;
  // guard: a batch keeps within the rate limit
  return remaining - inFlight_ - reserve;
}

void RateLimiter::acquireAnyway() {
  const std::lock_guard lock(mutex_);
  ++inFlight_;
}

void RateLimiter::release() {
  const std::lock_guard lock(mutex_);
  --inFlight_;
}

}  // namespace alpaca::broker::call

#include "core/rate_pacer.hpp"

#include <algorithm>

namespace alpaca::broker::core {
namespace {

constexpr int kReserveForCancels = 10;  // one of so many
constexpr std::chrono::milliseconds kUntilSomeAnswerIsIn{10};

}  // namespace

void RatePacer::learn(const RateLimit& limit, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  // Answers overtake each other: one from before, or with more left than is known, is an older one.
  if (window_ && now < windowEnd_) {
    if (limit.resetAt < window_->resetAt) return;
    if (limit.resetAt == window_->resetAt && limit.remaining > window_->remaining) return;
  }
  window_ = limit;
  windowEnd_ = now + limit.resetIn;
}

void RatePacer::hold(Clock::time_point until) {
  const std::lock_guard lock(mutex_);
  heldUntil_ = std::max(heldUntil_, until);
}

std::optional<RatePacer::Clock::time_point> RatePacer::take(RateUse use, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (now < heldUntil_) return heldUntil_;
  if (window_) {
    // In a window of which no answer has told yet, everything is left.
    const int remaining = now < windowEnd_ ? window_->remaining : std::max(window_->limit, 1);
    const int reserve = use == RateUse::Read ? window_->limit / kReserveForCancels : 0;
    if (remaining - inFlight_ - reserve <= 0) {
      // What is in flight may be counted twice: here and, by the broker, in what remains.
      const auto soon = now + kUntilSomeAnswerIsIn;
      return inFlight_ > 0 || now >= windowEnd_ ? soon : std::max(windowEnd_, soon);
    }
  }
  ++inFlight_;
  return std::nullopt;
}

void RatePacer::giveBack() {
  const std::lock_guard lock(mutex_);
  --inFlight_;
}

}  // namespace alpaca::broker::core

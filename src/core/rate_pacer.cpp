#include "core/rate_pacer.hpp"

#include <algorithm>

namespace alpaca::broker::core {
namespace {

constexpr int kReserveForCancels = 10;  // one of so many
constexpr std::chrono::milliseconds kUntilSomeAnswerIsIn{10};

}  // namespace

void RatePacer::learn(const RateLimit& limit, Clock::time_point sent, Clock::time_point now) {
  if (limit.limit <= 0) return;
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  if (state.isOlder(limit, sent, now)) return;
  state.window = limit;
  state.windowCut = limit.resetIn > kLongestWait;
  state.windowEnd = now + std::min<Clock::duration>(limit.resetIn, kLongestWait);
  state.learnedAt = now;
}

// Answers of requests that were under way together overtake each other: one from an earlier window, or with more left
// than is known, is an older one. The answer to a request that was sent later is none.
bool RatePacer::State::isOlder(const RateLimit& limit, Clock::time_point sent, Clock::time_point now) const {
  if (!window || now >= windowEnd || sent > learnedAt) return false;
  if (limit.resetAt != window->resetAt) return limit.resetAt < window->resetAt;
  return limit.remaining > window->remaining;
}

void RatePacer::hold(Clock::time_point until, Clock::time_point sent, Clock::time_point now) {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  const auto capped = std::min<Clock::time_point>(until, now + kLongestWait);
  state.heldUntil = sent > state.heldAt ? capped : std::max(state.heldUntil, capped);
  state.heldAt = now;
}

void RatePacer::answered(Clock::time_point sent) {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  if (sent > state.heldAt) state.heldUntil = {};
}

std::optional<RatePacer::Clock::time_point> RatePacer::take(RateUse use, Clock::time_point now) {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  if (now < state.heldUntil) return state.heldUntil;
  if (state.window && state.left(use, now) <= 0) {
    // What is in flight may be counted twice: here and, by the broker, in what remains.
    const auto soon = now + kUntilSomeAnswerIsIn;
    return state.inFlight > 0 || now >= state.windowEnd ? soon : std::max(state.windowEnd, soon);
  }
  ++state.inFlight;
  return std::nullopt;
}

int RatePacer::State::left(RateUse use, Clock::time_point now) const {
  // In a window of which no answer has told yet, everything is left. But one whose end was only cut short may still
  // last: a single request finds out, whatever it is for.
  if (now >= windowEnd && windowCut) return 1 - inFlight;
  const int remaining = now < windowEnd ? window->remaining : window->limit;
  const int reserve = use == RateUse::Read ? window->limit / kReserveForCancels : 0;
  return remaining - inFlight - reserve;
}

void RatePacer::takeAnyway() {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  ++state.inFlight;
}

void RatePacer::giveBack() {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  --state.inFlight;
}

}  // namespace alpaca::broker::core

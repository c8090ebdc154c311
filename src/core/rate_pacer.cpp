#include "core/rate_pacer.hpp"

#include <algorithm>

namespace alpaca::broker::core {
namespace {

constexpr int kReserveForCancels = 10;  // one of so many
constexpr std::chrono::milliseconds kUntilSomeAnswerIsIn{10};

}  // namespace

void RatePacer::learn(const RateLimit& limit, Clock::time_point now) {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  // Answers overtake each other: one from before, or with more left than is known, is an older one.
  if (state.window && now < state.windowEnd) {
    if (limit.resetAt < state.window->resetAt) return;
    if (limit.resetAt == state.window->resetAt && limit.remaining > state.window->remaining) return;
  }
  state.window = limit;
  state.windowEnd = now + limit.resetIn;
}

void RatePacer::hold(Clock::time_point until) {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  state.heldUntil = std::max(state.heldUntil, until);
}

std::optional<RatePacer::Clock::time_point> RatePacer::take(RateUse use, Clock::time_point now) {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  if (now < state.heldUntil) return state.heldUntil;
  if (state.window) {
    // In a window of which no answer has told yet, everything is left.
    const int remaining = now < state.windowEnd ? state.window->remaining : std::max(state.window->limit, 1);
    const int reserve = use == RateUse::Read ? state.window->limit / kReserveForCancels : 0;
    if (remaining - state.inFlight - reserve <= 0) {
      // What is in flight may be counted twice: here and, by the broker, in what remains.
      const auto soon = now + kUntilSomeAnswerIsIn;
      return state.inFlight > 0 || now >= state.windowEnd ? soon : std::max(state.windowEnd, soon);
    }
  }
  ++state.inFlight;
  return std::nullopt;
}

void RatePacer::giveBack() {
  State& state = state_.get();
  const std::lock_guard lock(state.mutex);
  --state.inFlight;
}

}  // namespace alpaca::broker::core

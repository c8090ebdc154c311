#pragma once

#include "http/per_process.hpp"

#include <alpaca/broker/call_info.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace alpaca::broker::core {

/// What a request is for, when there are not enough for everything.
enum class RateUse {
  Cancel,
  Read,  ///< leaves a tenth of the limit to the cancels
};

/// Keeps whatever sends many requests (batches, polling) within the broker's rate limit, by what the answers say about
/// it. All calls of a client teach it; a single cancel never asks it and is never held up. Thread-safe; never blocks.
class RatePacer {
 public:
  using Clock = std::chrono::steady_clock;

  /// Takes in what an answer said.
  void learn(const RateLimit& limit, Clock::time_point now);

  /// Takes in that the broker wants no requests before then.
  void hold(Clock::time_point until);

  /// Takes one of the requests that the broker still allows; `giveBack()` must follow when its answer is in. As long as
  /// no answer has told of a limit, there is none.
  /// @return nothing when it was taken, else when it is worth asking again.
  std::optional<Clock::time_point> take(RateUse use, Clock::time_point now);
  void giveBack();

 private:
  struct State {
    std::mutex mutex{};
    std::optional<RateLimit> window{};  // as the latest answer described it
    Clock::time_point windowEnd{};
    Clock::time_point heldUntil{};
    int inFlight = 0;
  };

  http::PerProcess<State> state_{[] { return std::make_unique<State>(); }};
};

}  // namespace alpaca::broker::core

#pragma once

#include "http/transport.hpp"

#include <alpaca/broker/options.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker::call {

/// Whether sending a request a second time can do harm. Declared by each endpoint, with its reason; never guessed from
/// the HTTP method.
enum class Idempotency {
  ReadOnly,    ///< changes nothing: may be repeated, and leaves no doubt behind
  Idempotent,  ///< twice does what once does: may be repeated after doubt
  Once,        ///< repeated only when it was certainly not acted upon
};

/// What an attempt came to, reduced to what decides about another one.
struct AttemptEnd {
  int status = 0;  ///< 0: no answer
  http::Failure failure = http::Failure::None;
  int sends = 0;
  std::optional<std::chrono::milliseconds> retryAfter;
};

/// Where the call stands when an attempt has ended.
struct CallProgress {
  int attempts = 1;  ///< including the one that has just ended
  int maxAttempts = 1;
  std::chrono::milliseconds timeLeft{0};
};

/// Another attempt or not, how long to wait for it, and why; the reason is a fixed word for logs.
struct RetryDecision {
  bool again = false;
  std::chrono::milliseconds wait{0};
  std::string_view reason;
};

/// The whole retry policy. `random` is a number from 0 to 1.
RetryDecision decideRetry(const AttemptEnd& end, const CallProgress& progress, Idempotency idempotency,
                          const RetryOptions& options, double random) noexcept;

/// Bounds the retries of all calls of a client together, so that an outage is not multiplied: a retry takes one out,
/// ten answers put one back. Thread-safe, never blocks.
class RetryBudget {
 public:
  explicit RetryBudget(int retries) noexcept : most_(retries * kTenths), tenths_(most_) {}

  /// @return false when it is empty.
  bool take() noexcept;
  void putBack() noexcept;

 private:
  static constexpr int kTenths = 10;
  const int most_;
  std::atomic<int> tenths_;
};

}  // namespace alpaca::broker::call

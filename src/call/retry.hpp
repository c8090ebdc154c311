#pragma once

#include "http/transport.hpp"

#include <alpaca/broker/options.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker::call {

/// Whether sending a request twice can do harm. Each endpoint declares it, with its reason; it is never guessed from
/// the HTTP method.
enum class Idempotency {
  ReadOnly,    ///< changes nothing: may be repeated, and never leaves doubt
  Idempotent,  ///< twice has the same effect as once: may be repeated after doubt
  Once,        ///< may be repeated only if it was certainly not applied
};

/// The end of an attempt, reduced to what decides about a retry.
struct AttemptEnd {
  int status = 0;  ///< 0: no answer
  http::Failure failure = http::Failure::None;
  int sends = 0;
  std::optional<std::chrono::milliseconds> retryAfter;
};

/// The state of the call at the end of an attempt.
struct CallProgress {
  int attempts = 1;  ///< including the one that has just ended
  int maxAttempts = 1;
  std::chrono::milliseconds timeLeft{0};
};

/// Whether to retry, how long to wait first, and why. The reason is a fixed word for logs.
struct RetryDecision {
  bool again = false;
  std::chrono::milliseconds wait{0};
  std::string_view reason;
};

/// The state of the call at the start of an attempt.
struct AttemptStart {
  std::chrono::nanoseconds timeLeft{0};
  int attempts = 0;       ///< before this one
  bool mayRetry = false;  ///< another attempt may follow, even after silence
};

/// Returns how long an attempt may take, without a wait for a free connection. `ofCall` is
/// `CallOptions::attemptTimeout`, which is taken as it is. Otherwise an attempt leaves a third of the time to its
/// retry, where that third is long enough for one.
std::chrono::nanoseconds timeForAttempt(const AttemptStart& start, std::optional<std::chrono::milliseconds> ofCall,
                                        const ClientOptions& options) noexcept;

/// The whole retry policy. `random` is a number from 0 to 1.
RetryDecision decideRetry(const AttemptEnd& end, const CallProgress& progress, Idempotency idempotency,
                          const RetryOptions& options, double random) noexcept;

/// The random source for production, from 0 to 1: one generator per thread.
double randomFraction();

/// Bounds the retries of all calls of a client together: retries must not multiply the load in an outage. A retry takes
/// one from the budget; ten answers put one back. Thread-safe; never blocks.
class RetryBudget {
 public:
  explicit RetryBudget(int retries) noexcept : max_(retries * kTenths), tenths_(max_) {}

  /// @return false when the budget is empty
  bool take() noexcept;
  void putBack() noexcept;
  [[nodiscard]] bool isEmpty() const noexcept { return tenths_ < kTenths; }

 private:
  static constexpr int kTenths = 10;
  const int max_;
  std::atomic<int> tenths_;
};

}  // namespace alpaca::broker::call

#include "call/retry.hpp"

#include "base/exponential_backoff.hpp"

#include <algorithm>
#include <random>

namespace alpaca::broker::call {
namespace {

using std::chrono::milliseconds;

// Whether another attempt is safe, apart from time and numbers.
enum class RetrySafety {
  None,      ///< a retry would end the same way, or the outcome is final
  Safe,      ///< the request was certainly not applied
  Doubtful,  ///< the request may have been applied
};

RetrySafety safetyOf(int status) noexcept {
  switch (status) {
    // guard: retry of 408
    case 408:
    // guard: retry of 425
    case 425:
    // guard: retry of 429
    case 429:
      return RetrySafety::Safe;
    // guard: retry of 500
    case 500:
    // guard: retry of 502
    case 502:
    // guard: retry of 503
    case 503:
    // guard: retry of 504
    case 504:
      return RetrySafety::Doubtful;
    default:
      return RetrySafety::None;
  }
}

RetrySafety safetyOf(http::Failure failure, int sends) noexcept {
  using http::Failure;
  // guard: no retry of a stopped call
  if (failure == Failure::Aborted) return RetrySafety::None;
  if (sends > 0) return RetrySafety::Doubtful;
  // guard: no retry of a refusing proxy
  // guard: no retry of an untrusted server
  const bool hopeless = failure == Failure::TlsNotAcceptable || failure == Failure::ProxyRefused;
  return hopeless ? RetrySafety::None : RetrySafety::Safe;
}

// Full jitter: the more calls fail together, the wider their retries spread.
milliseconds backoff(const RetryOptions& options, int attempts, double random) noexcept {
  const milliseconds max = base::exponentialBackoff(options.backoffBase, attempts - 1, options.backoffCap);
  return milliseconds(static_cast<milliseconds::rep>(random * static_cast<double>(max.count())));
}

}  // namespace

std::chrono::nanoseconds timeForAttempt(const AttemptStart& start, std::optional<milliseconds> ofCall,
                                        const ClientOptions& options) noexcept {
  using std::chrono::nanoseconds;
  // guard: the deadline bounds every attempt
  const nanoseconds whole = std::min<nanoseconds>(ofCall.value_or(options.attemptTimeout), start.timeLeft);
  const nanoseconds share = start.timeLeft / 3;
  // The retry may have to wait first, and needs as much time again for a new connection. With less, a cut would only
  // turn late answers into doubt.
  const RetryOptions& retry = options.retry;
  const nanoseconds least = 2 * base::exponentialBackoff(retry.backoffBase, start.attempts, retry.backoffCap);
  // guard: silence leaves time for a retry
  const bool isShared = !ofCall && start.mayRetry && share >= least;
  return isShared ? std::min(whole, start.timeLeft - share) : whole;
}

RetryDecision decideRetry(const AttemptEnd& end, const CallProgress& progress, Idempotency idempotency,
                          const RetryOptions& options, double random) noexcept {
  const RetrySafety safety = end.status != 0 ? safetyOf(end.status) : safetyOf(end.failure, end.sends);
  if (safety == RetrySafety::None) return {false, milliseconds(0), "final"};
  // guard: a request that must be sent once is not repeated after doubt
  if (safety == RetrySafety::Doubtful && idempotency == Idempotency::Once)
    return {false, milliseconds(0), "not idempotent"};
  // guard: attempts are counted
  if (progress.attempts >= progress.maxAttempts) return {false, milliseconds(0), "attempts used up"};

  RetryDecision decision{true, milliseconds(0), "connection died"};
  if (end.failure != http::Failure::ResendPrevented) {  // else: the server was well a moment ago, no wait
    // guard: the wait that the broker asks for is kept
    decision.wait = end.retryAfter.value_or(milliseconds(0)) + backoff(options, progress.attempts, random);
    decision.reason = end.retryAfter ? "retry-after" : "back-off";
  }
  // guard: no attempt starts that cannot finish
  if (decision.wait >= progress.timeLeft) return {false, milliseconds(0), "deadline"};
  return decision;
}

double randomFraction() {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(generator);
}

bool RetryBudget::take() noexcept {
  int left = tenths_;
  while (left >= kTenths) {
    if (tenths_.compare_exchange_weak(left, left - kTenths)) return true;
  }
  return false;
}

void RetryBudget::putBack() noexcept {
  int left = tenths_;
  while (left < max_ && !tenths_.compare_exchange_weak(left, left + 1)) {
  }
}

}  // namespace alpaca::broker::call

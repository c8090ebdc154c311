#include "call/retry.hpp"

#include "base/exponential_backoff.hpp"

namespace alpaca::broker::call {
namespace {

using std::chrono::milliseconds;

// What another attempt could do to this end, apart from time and numbers.
enum class Prospect {
  None,      ///< the same again, or it is decided
  Safe,      ///< the request was certainly not acted upon
  Doubtful,  ///< it may have been
};

Prospect prospectOf(int status) noexcept {
  switch (status) {
    case 408:
    case 425:
    case 429:
      return Prospect::Safe;
    case 500:
    case 502:
    case 503:
    case 504:
      return Prospect::Doubtful;
    default:
      return Prospect::None;
  }
}

Prospect prospectOf(http::Failure failure, int sends) noexcept {
  using http::Failure;
  if (failure == Failure::Aborted) return Prospect::None;
  if (sends > 0) return Prospect::Doubtful;
  const bool hopeless = failure == Failure::TlsNotAcceptable || failure == Failure::ProxyRefused;
  return hopeless ? Prospect::None : Prospect::Safe;
}

// Full jitter: the more calls fail together, the further apart they come back.
milliseconds backoff(const RetryOptions& options, int attempts, double random) noexcept {
  const milliseconds most = base::doubled(options.backoffBase, attempts - 1, options.backoffCap);
  return milliseconds(static_cast<milliseconds::rep>(random * static_cast<double>(most.count())));
}

}  // namespace

RetryDecision decideRetry(const AttemptEnd& end, const CallProgress& progress, Idempotency idempotency,
                          const RetryOptions& options, double random) noexcept {
  const Prospect prospect = end.status != 0 ? prospectOf(end.status) : prospectOf(end.failure, end.sends);
  if (prospect == Prospect::None) return {false, milliseconds(0), "final"};
  if (prospect == Prospect::Doubtful && idempotency == Idempotency::Once)
    return {false, milliseconds(0), "not idempotent"};
  if (progress.attempts >= progress.maxAttempts) return {false, milliseconds(0), "attempts used up"};

  RetryDecision decision{true, milliseconds(0), "connection died"};
  if (end.failure != http::Failure::ResendPrevented) {  // else the server was well a moment ago: at once
    decision.wait = end.retryAfter.value_or(milliseconds(0)) + backoff(options, progress.attempts, random);
    decision.reason = end.retryAfter ? "retry-after" : "back-off";
  }
  if (decision.wait >= progress.timeLeft) return {false, milliseconds(0), "deadline"};
  return decision;
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
  while (left < most_ && !tenths_.compare_exchange_weak(left, left + 1)) {
  }
}

}  // namespace alpaca::broker::call

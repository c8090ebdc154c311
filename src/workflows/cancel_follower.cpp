#include "workflows/cancel_follower.hpp"

#include "base/exponential_backoff.hpp"
#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"
#include "model/out_of_memory.hpp"
#include "workflows/call_sum.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using TimePoint = CancelFollower::TimePoint;

// When a window of the rate limit opens, cancels that wait for it go first.
constexpr std::chrono::milliseconds kAfterCancels{1};

std::string_view statusWord(const std::optional<Order>& order) noexcept {
  const bool isKnown = order && order->status.kind() != OrderStatus::Unknown;
  return isKnown ? std::string_view(order->status.str()) : std::string_view();
}

}  // namespace

CancelFollower::CancelFollower(call::CallPipeline& pipeline, OrderRef order, const ConfirmOptions& options,
                               call::CallLimits limits, TimePoint start)
    : pipeline_(pipeline), order_(std::move(order)), options_(options), limits_(std::move(limits)), start_(start) {}

Result<CancelConfirmation> CancelFollower::run() {
  while (const auto due = step()) {
    if (*due > pipeline_.now() && !pipeline_.pause(*due, limits_.stop)) {
      stop();
      break;
    }
  }
  return conclude();
}

std::optional<TimePoint> CancelFollower::step() try {
  return cancels_ == 0 ? cancelFirst() : readAndDecide();
} catch (const std::bad_alloc&) {
  // Nothing was sent in this step. What earlier steps have established must not get lost.
  // guard: a confirmation without memory reports the cancel it has sent
  (call_.sends == 0 ? failure_ : found_.readError) = model::outOfMemory();
  return std::nullopt;
}

std::optional<TimePoint> CancelFollower::cancelFirst() {
  Result<CancelAccepted> result = cancel();
  if (result) return nextRead();
  Error& error = result.error();
  if (const auto allowed = whenAllowed(error)) {
    --cancels_;
    return allowed;
  }
  if (!error.maybeApplied && error.kind != ErrorKind::NotCancelable) {
    failure_ = std::move(error);
    return std::nullopt;
  }
  state_ = error.maybeApplied ? CancelState::Doubtful : CancelState::Refused;
  found_.cancelError = std::move(error);
  return pipeline_.now();  // a cancel that was not accepted is followed by a read at once
}

// A later cancel that only fails does not change what earlier ones have established.
void CancelFollower::cancelAgain() {
  Result<CancelAccepted> result = cancel();
  if (result) {
    state_ = CancelState::Accepted;
    found_.cancelError.reset();
    // guard: a later cancel that only fails clears no doubt
  } else if (result.error().maybeApplied) {
    state_ = CancelState::Doubtful;
    found_.cancelError = std::move(result).error();
  }
}

Result<CancelAccepted> CancelFollower::cancel() {
  ++cancels_;
  // A cancel gets at most half of the remaining time, so that a read can still resolve a doubt.
  const TimePoint now = pipeline_.now();
  call::CallLimits limits = limits_;
  if (limits.permit) limits.permit->until = now;  // the next step waits for a permit, not this call
  // guard: a confirmation keeps time for reading
  limits.deadline = now + (limits_.deadline - now) / 2;
  Result<CancelAccepted> result =
      pipeline_.call(endpoints::cancel_order::operation(order_.accountId, order_.orderId), limits, now);
  add(call_, result.call());
  return result;
}

std::optional<TimePoint> CancelFollower::readAndDecide() {
  const TimePoint now = pipeline_.now();
  if (now >= limits_.deadline) return std::nullopt;  // other orders took the time
  call::CallLimits limits = limits_;
  limits.permit = call::RateRequest{call::Priority::Read, now};  // as above
  Result<Order> result = pipeline_.call(endpoints::get_order::operation(order_.accountId, order_.orderId), limits, now);
  if (!result && result.error().call.attempts == 0) return afterUnsentRead(result.error());
  ++found_.reads;
  found_.readError.reset();
  if (result) {
    found_.order = *std::move(result);
    if (!act(nextStep(state_, found_.order->status))) return std::nullopt;
  } else {
    found_.readError = std::move(result).error();
    if (isPermanent(found_.readError->kind)) return std::nullopt;
  }
  return nextRead();
}

// @return false when no further read can help
bool CancelFollower::act(NextStep next) {
  if (next != NextStep::CancelAgain) return next == NextStep::Follow;
  // Out of cancels: a refused order stays open. In doubt, one of the cancels may still take effect.
  if (cancels_ >= options_.maxCancels) return state_ == CancelState::Doubtful;
  cancelAgain();
  return true;
}

// @return when the rate limit allows what it has just refused; nothing when that is too late, or was not the reason
std::optional<TimePoint> CancelFollower::whenAllowed(const Error& error) {
  if (error.call.attempts > 0 || !error.retryAfter) return std::nullopt;
  const TimePoint allowed = pipeline_.now() + *error.retryAfter;
  if (allowed >= limits_.deadline) return std::nullopt;
  // guard: a confirmation that waits for the rate limit ends with a stop
  if (!pipeline_.pause(pipeline_.now(), limits_.stop)) return std::nullopt;
  return allowed;
}

std::optional<TimePoint> CancelFollower::afterUnsentRead(const Error& error) {
  if (const auto allowed = whenAllowed(error)) return *allowed + kAfterCancels;
  const bool isStopped = error.kind == ErrorKind::Aborted || !pipeline_.pause(pipeline_.now(), limits_.stop);
  if (isStopped) {
    stop();
  } else if (error.retryAfter) {
    end_ = PendingReason::RateLimit;
  }
  return std::nullopt;
}

// The last read starts `pollBase` before the deadline, or in the middle of a shorter time, so that its answer can still
// arrive.
std::optional<TimePoint> CancelFollower::nextRead() {
  const TimePoint now = pipeline_.now();
  if (wasLastRead_ || now >= limits_.deadline) return std::nullopt;
  const TimePoint latest =
      limits_.deadline - std::min<TimePoint::duration>(options_.pollBase, (limits_.deadline - now) / 2);
  const auto maxWait = base::exponentialBackoff(options_.pollBase, waits_++, options_.pollCap);
  const auto wait = std::chrono::duration_cast<TimePoint::duration>(maxWait * (0.5 + pipeline_.random() / 2));
  wasLastRead_ = now + wait >= latest;
  return std::min(now + wait, latest);
}

Result<CancelConfirmation> CancelFollower::conclude() {
  call_.elapsed = pipeline_.now() - start_;
  if (failure_) {
    failure_->call = std::move(call_);
    return *std::move(failure_);
  }
  const auto outcome = found_.order ? outcomeOf(found_.order->status) : std::nullopt;
  found_.cancelAccepted = state_ == CancelState::Accepted;
  // guard: a failed read does not turn an accepted cancel into an error
  if (outcome || found_.cancelAccepted || (found_.order && isBeingCanceled(found_.order->status))) {
    found_.outcome = outcome.value_or(CancelOutcome::Pending);
    if (!outcome) found_.pendingReason = whyPending();
    return {std::move(found_), std::move(call_)};
  }
  return explained();
}

PendingReason CancelFollower::whyPending() const {
  if (end_) return *end_;
  if (!found_.readError) return PendingReason::Deadline;
  return found_.readError->kind == ErrorKind::Aborted ? PendingReason::Stopped : PendingReason::ReadFailed;
}

// The error of the cancel, with what a read has shown since.
Error CancelFollower::explained() noexcept {
  Error error = *std::move(found_.cancelError);
  error.call = std::move(call_);
  try {
    if (const auto word = statusWord(found_.order); !word.empty()) {
      error.message.append(" Read afterwards, the order was not final: \"").append(word).append("\".");
    }
  } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): the facts without the explanation
  }
  return error;
}

}  // namespace alpaca::broker::workflows

#include "workflows/cancel_and_confirm.hpp"

#include "base/exponential_backoff.hpp"
#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/confirm_decision.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using Clock = call::CallPipeline::Clock;

// Follows one order from its first cancel to the final state that can be proven.
class CancelFollower {
 public:
  CancelFollower(call::CallPipeline& pipeline, const AccountId& account, const OrderId& order,
                 const ConfirmOptions& options)
      : pipeline_(pipeline),
        account_(account),
        order_(order),
        options_(options),
        start_(pipeline.now()),
        limits_(pipeline.limits(options.call, start_)) {}

  Result<CancelConfirmation> run() {
    if (std::optional<Error> failure = cancelFirst()) return timed(std::move(*failure));
    // A cancel that was not accepted is followed by a read at once, without a wait.
    for (bool atOnce = state_ != CancelState::Accepted; atOnce || waitForNextRead(); atOnce = false) {
      if (!read()) break;
      if (!found_.readError && !act(nextStep(state_, found_.order->status))) break;
    }
    return conclude();
  }

 private:
  // @return an error that ends the call: no cancel was applied, and reading the order would explain nothing
  std::optional<Error> cancelFirst() {
    Result<CancelAccepted> result = cancel();
    if (result) return std::nullopt;
    Error& error = result.error();
    if (!error.maybeApplied && error.kind != ErrorKind::NotCancelable) return std::move(error);
    state_ = error.maybeApplied ? CancelState::Doubtful : CancelState::Refused;
    found_.cancelError = std::move(error);
    return std::nullopt;
  }

  // A later cancel that only fails does not change what earlier ones have established.
  void cancelAgain() {
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

  Result<CancelAccepted> cancel() {
    ++cancels_;
    // A cancel gets at most half of the remaining time, so that a read can still resolve a doubt.
    const Clock::time_point now = pipeline_.now();
    call::CallLimits limits = limits_;
    // guard: a confirmation keeps time for reading
    limits.deadline = now + (limits_.deadline - now) / 2;
    Result<CancelAccepted> result = pipeline_.call(endpoints::cancel_order::operation(account_, order_), limits, now);
    add(call_, result.call());
    return result;
  }

  // @return false when no further read can help
  bool act(NextStep step) {
    if (step != NextStep::CancelAgain) return step == NextStep::Follow;
    // Out of cancels: a refused order stays open. In doubt, one of the cancels may still take effect.
    if (cancels_ >= options_.maxCancels) return state_ == CancelState::Doubtful;
    cancelAgain();
    return true;
  }

  // @return false when another read cannot help
  bool read() {
    call::CallLimits limits = limits_;
    limits.permit = call::RateRequest{call::Priority::Read, limits_.deadline};
    Result<Order> result = pipeline_.call(endpoints::get_order::operation(account_, order_), limits, pipeline_.now());
    if (!result && result.error().call.attempts == 0) return false;  // stopped, or the rate limit allows no read
    ++found_.reads;
    found_.readError.reset();
    if (result) {
      found_.order = std::move(*result);
      return true;
    }
    found_.readError = std::move(result).error();
    return !isPermanent(found_.readError->kind);
  }

  // The last read starts `pollBase` before the deadline, so that its answer can still arrive.
  bool waitForNextRead() {
    const Clock::time_point now = pipeline_.now();
    const Clock::time_point latest = limits_.deadline - options_.pollBase;
    if (now >= latest) return false;
    const auto maxWait = base::exponentialBackoff(options_.pollBase, waits_++, options_.pollCap);
    const auto wait = std::chrono::duration_cast<Clock::duration>(maxWait * (0.5 + pipeline_.random() / 2));
    return pipeline_.pause(std::min(now + wait, latest), options_.call.stop);
  }

  Result<CancelConfirmation> conclude() {
    const bool isRead = found_.order.has_value();
    const auto outcome = isRead ? outcomeOf(found_.order->status) : std::nullopt;
    found_.cancelAccepted = state_ == CancelState::Accepted;
    // guard: a failed read does not turn an accepted cancel into an error
    if (outcome || found_.cancelAccepted || (isRead && isBeingCanceled(found_.order->status))) {
      found_.outcome = outcome.value_or(CancelOutcome::Pending);
      call_.elapsed = pipeline_.now() - start_;
      return {std::move(found_), std::move(call_)};
    }
    Error error = std::move(*found_.cancelError);
    if (isRead && found_.order->status.kind() != OrderStatus::Unknown) {
      error.message += " When it was read afterwards, it was \"" + found_.order->status.str() + "\".";
    }
    return timed(std::move(error));
  }

  Error timed(Error error) {
    error.call = call_;
    error.call.elapsed = pipeline_.now() - start_;
    return error;
  }

  call::CallPipeline& pipeline_;
  const AccountId& account_;
  const OrderId& order_;
  const ConfirmOptions& options_;
  const Clock::time_point start_;
  const call::CallLimits limits_;
  CancelState state_ = CancelState::Accepted;
  CancelConfirmation found_;
  CallInfo call_;
  int cancels_ = 0;
  int waits_ = 0;
};

}  // namespace

Result<CancelConfirmation> cancelAndConfirm(call::CallPipeline& pipeline, const AccountId& account,
                                            const OrderId& order, const ConfirmOptions& options) {
  if (auto fault = model::validate(options)) return std::move(*fault);
  return CancelFollower(pipeline, account, order, options).run();
}

}  // namespace alpaca::broker::workflows

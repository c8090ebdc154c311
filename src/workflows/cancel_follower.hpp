#pragma once

#include "call/pipeline.hpp"
#include "workflows/confirm_decision.hpp"

#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/confirm.hpp>

#include <optional>

namespace alpaca::broker::workflows {

/// Follows one order from its first cancel to the final state that can be proven, step by step. A step makes one call.
/// Whoever follows many orders takes the steps of other orders in the waits between, so cancels go out before reads.
///
/// Not thread-safe, but successive steps may run on different threads. Once anything was sent, nothing throws.
class CancelFollower {
 public:
  using TimePoint = call::CallPipeline::Clock::time_point;

  /// @param limits those of the whole confirmation. A permit in them is for the cancels.
  /// @param options must outlive this object
  CancelFollower(call::CallPipeline& pipeline, OrderRef order, const ConfirmOptions& options, call::CallLimits limits,
                 TimePoint start);

  /// Cancels the order, or reads it and decides.
  /// @return when the next step is due; nothing at the end
  std::optional<TimePoint> step();

  /// Says that the wait for the next step ended because of a stop. No step may follow.
  void stop() noexcept { end_ = PendingReason::Stopped; }

  /// What is proven. Call it once, at the end.
  Result<CancelConfirmation> conclude();

  /// The same for sync use: takes all steps on this thread.
  Result<CancelConfirmation> run();

 private:
  std::optional<TimePoint> takeStep();
  std::optional<TimePoint> cancelFirst();
  std::optional<TimePoint> readAndDecide();
  void cancelAgain();
  Result<CancelAccepted> cancel();
  bool act(NextStep next);
  std::optional<TimePoint> whenAllowed(const Error& error);
  std::optional<TimePoint> afterUnsentRead(const Error& error);
  std::optional<TimePoint> nextRead();
  [[nodiscard]] PendingReason whyPending() const;
  [[nodiscard]] Error explained() noexcept;

  call::CallPipeline& pipeline_;
  const OrderRef order_;
  const ConfirmOptions& options_;
  const call::CallLimits limits_;
  const TimePoint start_;
  CancelState state_ = CancelState::Accepted;
  std::optional<Error> failure_{};  // nothing was canceled, and reading the order would explain nothing
  std::optional<PendingReason> end_{};
  CancelConfirmation found_;
  CallInfo call_;
  int cancels_ = 0;
  int waits_ = 0;
  bool wasLastRead_ = false;
};

}  // namespace alpaca::broker::workflows

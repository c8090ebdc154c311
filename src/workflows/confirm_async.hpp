#pragma once

#include "call/async_call.hpp"
#include "workflows/cancel_follower.hpp"

#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace alpaca::broker::workflows {

/// A confirmation on the client's own threads. It holds a thread only while it makes a call, not while it waits.
class AsyncConfirmation : public std::enable_shared_from_this<AsyncConfirmation> {
 public:
  using Watch = std::function<void(const Result<CancelConfirmation>& result)>;

  /// @param owner of the pipeline and the executor, kept until the result is there
  /// @param watch sees the result first, while the owner is there
  /// @param done gets the result. If it ends the client, nothing of the client stays behind.
  AsyncConfirmation(std::shared_ptr<void> owner, call::CallPipeline& pipeline, call::Executor& executor, OrderRef order,
                    ConfirmOptions options, CancelFollower::TimePoint start, Watch watch,
                    Callback<CancelConfirmation> done)
      : owner_(std::move(owner)),
        executor_(executor),
        options_(std::move(options)),
        follower_(pipeline, std::move(order), options_, pipeline.limits(options_.call, start), start),
        watch_(std::move(watch)),
        done_(std::move(done)) {}

  /// Takes the next step, and submits the rest.
  void goOn() noexcept {
    const long process = platform::processId();
    const auto due = follower_.step();
    // guard: no confirmation goes on in a child that the observer makes
    if (process != platform::processId()) return;
    if (due && submitRest(*due)) return;
    call::complete(
        done_, call::Lane::Cancel, [&] { return due ? follower_.run() : follower_.conclude(); },
        [&](const auto& result) {
          watch_(result);
          owner_.reset();
        });
  }

 private:
  // @return false when memory ran out: then the rest runs on this thread
  bool submitRest(CancelFollower::TimePoint due) try {
    executor_.continueAt(due, options_.call.stop, [self = shared_from_this()] { self->goOn(); });
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }

  std::shared_ptr<void> owner_;
  call::Executor& executor_;
  const ConfirmOptions options_;
  CancelFollower follower_;
  const Watch watch_;
  const Callback<CancelConfirmation> done_;
};

}  // namespace alpaca::broker::workflows

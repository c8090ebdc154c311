#include "model/stop_callback.hpp"

#include "platform/process.hpp"

#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

bool StopToken::stopRequested() const noexcept { return state_ && state_->requested; }

StopSource::StopSource() : state_(std::make_shared<StopState>()) {}

void StopSource::requestStop() {
  const std::lock_guard lock(state_->mutex);
  if (state_->requested.exchange(true)) return;
  // The lock is held so that a callback's destructor waits until the action has run.
  for (const StopState::Callback& callback : state_->callbacks) {
    // guard: a child stops no call of the parent
    if (callback.process == platform::processId()) callback.action();
  }
}

StopCallback::StopCallback(const StopToken& token, std::function<void()> action) : state_(token.state_) {
  if (!state_) return;
  const std::lock_guard lock(state_->mutex);
  entry_ = state_->callbacks.insert(state_->callbacks.end(), {platform::processId(), std::move(action)});
  if (state_->requested) entry_->action();
}

StopCallback::~StopCallback() {
  if (!state_) return;
  const std::lock_guard lock(state_->mutex);
  state_->callbacks.erase(entry_);
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

#include <alpaca/broker/stop.hpp>

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The state that a stop source and its tokens share.
class StopState {
 public:
  struct Callback {
    long process;  // that registered it: a child made by fork() stops no call of the parent
    std::function<void()> action;
  };

  std::mutex mutex;
  std::atomic<bool> requested{false};  // read without the mutex: a reader may hold a lock that a callback takes
  std::list<Callback> callbacks;
};

/// Runs an action when a stop is requested, or at once if it was requested before. The action never runs after this
/// object is destroyed. It runs on the thread that requests the stop or that constructs this object. Do not construct
/// or destroy this object while holding a lock that the action takes.
class StopCallback {
 public:
  StopCallback(const StopToken& token, std::function<void()> action);
  ~StopCallback();
  StopCallback(const StopCallback&) = delete;
  StopCallback& operator=(const StopCallback&) = delete;

 private:
  std::shared_ptr<StopState> state_;
  std::list<StopState::Callback>::iterator entry_;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

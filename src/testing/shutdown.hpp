#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace alpaca::broker::testing {

/// Lets threads wait for a time, or until the mock broker shuts down. Thread-safe.
class Shutdown {
 public:
  void begin() {
    const std::lock_guard lock(mutex_);
    begun_ = true;
    changed_.notify_all();
  }

  /// Waits for this time, or until the shutdown. @return true when the shutdown has begun
  bool waitFor(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [&] { return begun_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool begun_ = false;
};

}  // namespace alpaca::broker::testing

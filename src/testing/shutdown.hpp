#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace alpaca::broker::testing {

/// The end of the broker, for those who wait for something else meanwhile. Thread-safe.
class Shutdown {
 public:
  void begin() {
    const std::lock_guard lock(mutex_);
    begun_ = true;
    changed_.notify_all();
  }

  /// Waits for so long, or until the end. @return true when the end has begun
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

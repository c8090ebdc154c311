#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace alpaca::broker::bench {

/// Lets one thread wait for a number of calls on other threads.
class Countdown {
 public:
  explicit Countdown(std::size_t left) : left_(left) {}

  void count() {
    const std::lock_guard lock(mutex_);
    if (--left_ == 0) done_.notify_one();  // under the lock: the waiting thread may destroy this right after
  }

  void wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return left_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t left_;
};

}  // namespace alpaca::broker::bench

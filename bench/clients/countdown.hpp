#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace alpaca::broker::bench {

/// Lets one thread wait until so much is done on others. It is notified under the lock, so that the one who waits may
/// destroy this at once.
class Countdown {
 public:
  explicit Countdown(std::size_t left) : left_(left) {}

  void count() {
    const std::lock_guard lock(mutex_);
    if (--left_ == 0) done_.notify_one();
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

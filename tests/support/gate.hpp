#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace alpaca::broker::test {

/// Counts events and lets other threads wait for them. Every wait is bounded, so that a failing test ends.
class Counter {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }

  /// @return false when the count was not reached after a long time.
  bool waitFor(int count, std::chrono::seconds time = std::chrono::seconds(20)) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [&] { return count_ >= count; });
  }

  [[nodiscard]] int count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

/// Blocks every thread that arrives, until the gate is opened.
class Gate {
 public:
  /// @return false when the gate was not opened for a long time.
  bool pass() {
    arrived_.add();
    // Longer than any wait of a test for something else: otherwise that would come true when the gate gives up.
    return opened_.waitFor(1, std::chrono::seconds(50));
  }

  bool waitForArrivals(int count) { return arrived_.waitFor(count); }
  void open() { opened_.add(); }

 private:
  Counter arrived_;
  Counter opened_;
};

}  // namespace alpaca::broker::test

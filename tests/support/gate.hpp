#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace alpaca::broker::test {

/// Counts what happens, and lets others wait for it. Waits are bounded, so that a test that fails ends.
class Counter {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }

  /// @return false when it did not come to so many in a long time.
  bool waitFor(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return count_ >= count; });
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

/// Holds up whoever comes, until it is opened.
class Gate {
 public:
  /// @return false when it was not opened in a long time.
  bool pass() {
    arrived_.add();
    return opened_.waitFor(1);
  }

  bool waitForArrivals(int count) { return arrived_.waitFor(count); }
  void open() { opened_.add(); }

 private:
  Counter arrived_;
  Counter opened_;
};

}  // namespace alpaca::broker::test

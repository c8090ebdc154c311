#pragma once

#include "testing/times.hpp"

#include <chrono>
#include <mutex>
#include <optional>

namespace alpaca::broker::testing {

/// The broker's time. It runs, at first from the system's time, until a test sets it. Thread-safe.
class BrokerClock {
 public:
  [[nodiscard]] WallTime now() const;

  /// Stops the time at `time`. @throws std::invalid_argument for a time outside 1970 to 2261
  void set(WallTime time);

  /// Moves the time forward. @throws std::invalid_argument for less than zero, and for an end after 2261
  void advance(std::chrono::nanoseconds by);

 private:
  [[nodiscard]] WallTime read() const;

  mutable std::mutex mutex_;
  WallTime start_ = std::chrono::system_clock::now();
  // The steady clock, because a test must not depend on corrections of the system's time. Absent: stopped.
  std::optional<std::chrono::steady_clock::time_point> runningSince_ = std::chrono::steady_clock::now();
};

}  // namespace alpaca::broker::testing

#pragma once

#include "testing/times.hpp"

#include <chrono>

namespace alpaca::broker::test {

/// A clock that advances only when the test advances it.
class ManualClock {
 public:
  void pass(std::chrono::nanoseconds time) { now_ += time; }

  [[nodiscard]] testing::WallTime now() const { return now_; }

  /// The clock as a function; it must not outlive this object.
  [[nodiscard]] testing::Clock clock() const {
    return [this] { return now_; };
  }

 private:
  testing::WallTime now_{std::chrono::seconds(1'700'000'000)};
};

}  // namespace alpaca::broker::test

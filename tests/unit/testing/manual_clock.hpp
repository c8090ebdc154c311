#pragma once

#include "testing/times.hpp"

#include <chrono>

namespace alpaca::broker::test {

/// A clock that goes on only when it is told to.
class ManualClock {
 public:
  void pass(std::chrono::nanoseconds time) {
    now_.wall += time;
    now_.steady += time;
  }

  [[nodiscard]] testing::WallTime wall() const { return now_.wall; }

  /// For what takes a clock; must not outlive this one.
  [[nodiscard]] testing::Clock clock() const {
    return [this] { return now_; };
  }

 private:
  testing::Moment now_{testing::WallTime(std::chrono::seconds(1'700'000'000)), {}};
};

}  // namespace alpaca::broker::test

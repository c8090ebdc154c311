#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace alpaca::broker::test {

/// Polls a condition until it holds. @return false when it still does not hold after a long time.
inline bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

/// Polls a condition until it holds and keeps holding: a condition that holds only for a moment does not count.
inline bool eventuallyForGood(const std::function<bool()>& condition) {
  int inARow = 0;
  return eventually([&] {
    inARow = condition() ? inARow + 1 : 0;
    return inARow >= 5;
  });
}

}  // namespace alpaca::broker::test

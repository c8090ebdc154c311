#pragma once

#include "testing/times.hpp"

#include <chrono>

namespace alpaca::broker::testing {

/// Counts requests within windows of time. A window begins with its first request and ends on a whole second, so that
/// `X-RateLimit-Reset`, which has nothing finer, can name its end exactly; that makes it up to a second longer.
class RateWindow {
 public:
  /// @throws std::invalid_argument when the window is shorter than a second.
  RateWindow(int limit, std::chrono::seconds length);

  struct Count {
    bool beyondLimit = false;
    int remaining = 0;
    std::chrono::seconds resetAt{};     ///< since 1970
    std::chrono::seconds retryAfter{};  ///< whoever waits so long finds the window ended
  };

  /// Counts one more request.
  Count count(WallTime now);

 private:
  const int limit_;
  const std::chrono::seconds length_;
  WallTime end_{};
  int used_ = 0;
};

}  // namespace alpaca::broker::testing

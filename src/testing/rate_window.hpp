#pragma once

#include "testing/times.hpp"

#include <chrono>

namespace alpaca::broker::testing {

/// Counts requests in time windows. A window begins with its first request and ends on a whole second. So it may last
/// up to a second longer. `X-RateLimit-Reset`, which counts whole seconds, can then name its end exactly.
class RateWindow {
 public:
  /// @throws std::invalid_argument when the window is shorter than a second.
  RateWindow(int limit, std::chrono::seconds length);

  struct Count {
    bool beyondLimit = false;
    int remaining = 0;
    std::chrono::seconds resetAt{};     ///< since 1970
    std::chrono::seconds retryAfter{};  ///< after this time the window has ended
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

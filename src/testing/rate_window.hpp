#pragma once

#include "testing/times.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace alpaca::broker::testing {

/// Counts requests in time windows, as `MockBrokerOptions::rateWindow` says.
class RateWindow {
 public:
  /// @throws std::invalid_argument when the window is shorter than a second.
  RateWindow(int limit, std::chrono::seconds length) : limit_(limit), length_(length) {
    if (length < std::chrono::seconds(1))
      throw std::invalid_argument("MockBroker: rateWindow is shorter than a second");
  }

  struct Count {
    bool beyondLimit = false;
    int remaining = 0;
    std::chrono::seconds resetAt{};     ///< since 1970
    std::chrono::seconds retryAfter{};  ///< after this time the window has ended
  };

  /// Counts one more request.
  Count count(WallTime now) {
    using std::chrono::seconds;
    if (now >= end_ || now < begin_) {  // before its begin: the test has set the clock back
      begin_ = now;
      end_ = std::chrono::ceil<seconds>(now + length_);
      used_ = 0;
    }
    const bool beyond = used_ >= limit_;
    if (!beyond) ++used_;
    return {beyond, std::max(limit_ - used_, 0), std::chrono::duration_cast<seconds>(end_.time_since_epoch()),
            std::chrono::ceil<seconds>(end_ - now)};
  }

 private:
  const int limit_;
  const std::chrono::seconds length_;
  WallTime begin_{};
  WallTime end_{};
  int used_ = 0;
};

}  // namespace alpaca::broker::testing

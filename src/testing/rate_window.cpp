#include "testing/rate_window.hpp"

#include <algorithm>
#include <stdexcept>

namespace alpaca::broker::testing {

using std::chrono::seconds;

RateWindow::RateWindow(int limit, seconds length) : limit_(limit), length_(length) {
  if (length < seconds(1)) throw std::invalid_argument("MockBroker: rateWindow is shorter than a second");
}

RateWindow::Count RateWindow::count(WallTime now) {
  if (now >= end_) {
    end_ = std::chrono::ceil<seconds>(now + length_);
    used_ = 0;
  }
  const bool beyond = used_ >= limit_;
  if (!beyond) ++used_;
  return {beyond, std::max(limit_ - used_, 0), std::chrono::duration_cast<seconds>(end_.time_since_epoch()),
          std::chrono::ceil<seconds>(end_ - now)};
}

}  // namespace alpaca::broker::testing

#include "workflows/warm_pace.hpp"

#include <algorithm>
#include <numeric>

namespace alpaca::broker::workflows {

WarmPace::WarmPace(const KeepWarmOptions& options, TimePoint start)
    : wanted_(static_cast<std::size_t>(options.connections)),
      // guard: keeping warm leaves no connection idle for longer than the interval
      quarter_(std::chrono::nanoseconds(options.interval) / (kBefore + 1)),
      due_(start) {}

std::size_t WarmPace::requestsFor(std::size_t cold) const noexcept {
  const std::size_t spent = std::accumulate(before_.begin(), before_.end(), std::size_t{0});
  // guard: keeping warm sends no more in an interval than there are connections
  return std::min(cold, wanted_ - std::min(wanted_, spent));
}

void WarmPace::looked(std::size_t requests, TimePoint now) noexcept {
  before_.at(oldest_) = requests;
  oldest_ = (oldest_ + 1) % before_.size();
  // Counts from the due time, not from now. A connection warmed in this look is then just not cold in the third look
  // from here. So it gets one request per interval.
  due_ = std::max(due_ + quarter_, now);
}

}  // namespace alpaca::broker::workflows

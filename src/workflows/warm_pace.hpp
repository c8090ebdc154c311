#pragma once

#include <alpaca/broker/options.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <numeric>

namespace alpaca::broker::workflows {

/// Decides when to look at the warm connections, and how many requests to send. It uses only the times that it is
/// given: no clock, no thread.
///
/// It looks four times per interval, and treats a connection that was unused for three quarters of it as cold. So no
/// connection stays unused for longer than the interval. Any four consecutive looks together send at most as many
/// requests as there are connections. That also bounds what a broker sees that refuses connections, or closes each
/// after a request.
class WarmPace {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// The first look is due at once.
  WarmPace(const KeepWarmOptions& options, TimePoint start)
      : wanted_(static_cast<std::size_t>(options.connections)),
        // guard: keeping warm leaves no connection idle for longer than the interval
        quarter_(std::chrono::nanoseconds(options.interval) / (kBefore + 1)),
        due_(start) {}

  /// When the next look is due.
  [[nodiscard]] TimePoint due() const noexcept { return due_; }

  /// At the next look, a connection that was not used since then is cold.
  [[nodiscard]] TimePoint unusedSince() const noexcept { return due_ - quarter_ * kBefore; }

  [[nodiscard]] std::size_t wanted() const noexcept { return wanted_; }

  /// How many requests to send when this many connections are cold.
  [[nodiscard]] std::size_t requestsFor(std::size_t cold) const noexcept {
    const std::size_t spent = std::accumulate(before_.begin(), before_.end(), std::size_t{0});
    // guard: keeping warm sends no more in an interval than there are connections
    return std::min(cold, wanted_ - std::min(wanted_, spent));
  }

  /// Records how many requests a look sent. A look that ran past the due time of the next one postpones that.
  void looked(std::size_t requests, TimePoint now) noexcept {
    before_.at(oldest_) = requests;
    oldest_ = (oldest_ + 1) % before_.size();
    // Counts from the due time, not from now. A connection warmed in this look is then just not cold in the third look
    // from here. So it gets one request per interval.
    due_ = std::max(due_ + quarter_, now);
  }

 private:
  static constexpr int kBefore = 3;  // how many earlier looks lie within the same interval

  const std::size_t wanted_;
  const std::chrono::nanoseconds quarter_;
  TimePoint due_;
  std::array<std::size_t, kBefore> before_{};  // the requests of those looks
  std::size_t oldest_ = 0;
};

}  // namespace alpaca::broker::workflows

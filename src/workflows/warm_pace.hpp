#pragma once

#include <alpaca/broker/options.hpp>

#include <array>
#include <chrono>
#include <cstddef>

namespace alpaca::broker::workflows {

/// When to look at the connections that are to be kept warm, and how much to do about it. Decides by the times that it
/// is given; no clock, no thread.
///
/// It looks four times in an interval, at what was not used for three quarters of it: so none is left unused for longer
/// than the interval. And what it does within any four looks is bounded by the number of connections: so is, in any
/// interval, what a broker gets to see that refuses connections, or closes each after a request.
class WarmPace {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// The first look is due at once.
  WarmPace(const KeepWarmOptions& options, TimePoint start);

  /// When the next look is due.
  [[nodiscard]] TimePoint due() const noexcept { return due_; }

  /// What was not used since then, by the time of that look, is cold.
  [[nodiscard]] TimePoint unusedSince() const noexcept { return due_ - quarter_ * kBefore; }

  [[nodiscard]] std::size_t wanted() const noexcept { return wanted_; }

  /// How many requests to send for so many cold connections.
  [[nodiscard]] std::size_t requestsFor(std::size_t cold) const noexcept;

  /// Takes in how many were sent. A look that took longer than until the next one is due puts that off.
  void looked(std::size_t requests, TimePoint now) noexcept;

 private:
  static constexpr int kBefore = 3;  // looks that lie in the interval before one

  const std::size_t wanted_;
  const std::chrono::nanoseconds quarter_;
  TimePoint due_;
  std::array<std::size_t, kBefore> before_{};  // requests of those
  std::size_t oldest_ = 0;
};

}  // namespace alpaca::broker::workflows

#pragma once

#include <algorithm>
#include <chrono>

namespace alpaca::broker::base {

/// The wait after `times` failed attempts: `first` * 2^times, at most `most`.
constexpr std::chrono::milliseconds exponentialBackoff(std::chrono::milliseconds first, int times,
                                                       std::chrono::milliseconds most) noexcept {
  while (times-- > 0 && first < most) first *= 2;
  return std::min(first, most);
}

}  // namespace alpaca::broker::base

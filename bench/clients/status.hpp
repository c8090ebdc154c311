#pragma once

#include <stdexcept>
#include <string>

namespace alpaca::broker::bench {

inline constexpr int kAccepted = 204;
inline constexpr int kRefused = 422;

/// A call that failed is fast, so none may count.
inline void requireStatus(int status, int expected) {
  if (status == expected) return;
  throw std::runtime_error("an answer has status " + std::to_string(status) + " instead of " +
                           std::to_string(expected));
}

}  // namespace alpaca::broker::bench

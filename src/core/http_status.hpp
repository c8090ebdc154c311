#pragma once

namespace alpaca::broker::core {

/// HTTP statuses that more than one place has to know by name.
inline constexpr int kTooManyRequests = 429;

}  // namespace alpaca::broker::core

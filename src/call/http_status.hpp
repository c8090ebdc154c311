#pragma once

namespace alpaca::broker::call {

/// HTTP statuses that more than one place has to know by name.
inline constexpr int kTooManyRequests = 429;

}  // namespace alpaca::broker::call

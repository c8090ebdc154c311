#pragma once

namespace alpaca::broker::call {

/// HTTP statuses that several files refer to.
inline constexpr int kTooManyRequests = 429;

}  // namespace alpaca::broker::call

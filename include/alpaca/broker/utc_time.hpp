#pragma once

#include <alpaca/broker/version.hpp>

#include <chrono>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// A time in UTC, to the nanosecond, since the epoch of the system clock. `parseUtcTime` in `order_filter.hpp` reads
/// one.
using UtcTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

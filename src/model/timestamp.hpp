#pragma once

#include <alpaca/broker/order.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::model {

using Nanotime = decltype(Timestamp::time);

/// Reads an RFC 3339 moment, `2021-03-16T18:38:01.942282Z` or with an offset like `-04:00`. What is finer than a
/// nanosecond is cut off; a leap second is the first one of the next day.
/// @return nothing for what is not exactly that, or outside 1678 to 2261, where the nanoseconds end.
std::optional<Timestamp> parseTimestamp(std::string_view text);

/// Writes a moment as RFC 3339, in UTC and to the nanosecond.
std::string formatTimestamp(Nanotime time);

}  // namespace alpaca::broker::model

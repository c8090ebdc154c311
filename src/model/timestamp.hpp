#pragma once

#include <alpaca/broker/order.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::model {

using Nanotime = decltype(Timestamp::time);

/// Parses an RFC 3339 timestamp such as `2021-03-16T18:38:01.942282Z`, or with an offset like `-04:00`. Digits beyond
/// nanoseconds are cut off. A leap second becomes the first second of the next day.
/// @return nothing for any other text, or for a time outside 1678 to 2261, the range of 64-bit nanoseconds.
std::optional<Timestamp> parseTimestamp(std::string_view text);

/// Formats a time as RFC 3339, in UTC and with nanoseconds.
std::string formatTimestamp(Nanotime time);

}  // namespace alpaca::broker::model

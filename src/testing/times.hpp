#pragma once

#include <alpaca/broker/order.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::testing {

using WallTime = decltype(Timestamp::time);

using Clock = std::function<WallTime()>;

/// "2024-05-01T10:00:00.000000001Z"
std::string rfc3339(WallTime time);

/// A moment with the text that the broker writes for it.
Timestamp timestamp(WallTime time);

/// Reads a date ("2024-05-01"), or a date and a time with an offset ("2024-05-01T10:00:00.5-04:00"), from 1970 to 2261.
std::optional<WallTime> parseTime(std::string_view text);

/// "Wed, 01 May 2024 10:00:00 GMT"
std::string httpDate(WallTime time);

}  // namespace alpaca::broker::testing

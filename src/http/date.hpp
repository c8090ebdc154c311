#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker::http {

/// The point in time that an HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT") names; nothing when it is not one.
std::optional<std::chrono::system_clock::time_point> parseHttpDate(std::string_view text);

}  // namespace alpaca::broker::http

#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker::http {

/// Parses an HTTP date such as "Sun, 06 Nov 1994 08:49:37 GMT". Returns nothing for any other text.
std::optional<std::chrono::system_clock::time_point> parseHttpDate(std::string_view text);

}  // namespace alpaca::broker::http

#pragma once

#include <string_view>

namespace alpaca::broker {

/// The library's version, as sent in the `User-Agent` of every request. The build reads it from this line.
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace alpaca::broker

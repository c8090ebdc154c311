#pragma once

#include <string_view>

#ifdef _GLIBCXX_DEBUG  // containers of another size
#define ALPACA_BROKER_ABI v0_2_debug
#else
/// The name of the binary interface. Everything public is in an inline namespace of this name; programs never write it.
/// Headers of one version and a library of another do not link, instead of misreading each other's objects. It changes
/// with every minor version, because the broker adds fields every year.
#define ALPACA_BROKER_ABI v0_2
#endif

/// The version of the headers for the preprocessor: 10,000 * major + 100 * minor + patch.
#define ALPACA_BROKER_VERSION 200

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The library's version, which every request sends in `User-Agent`. The build reads it from this line, and checks the
/// two macros above against it.
inline constexpr std::string_view kVersion = "0.2.0";

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

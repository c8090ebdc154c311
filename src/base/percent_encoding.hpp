#pragma once

#include <string>
#include <string_view>

namespace alpaca::broker::base {

/// Percent-encodes a text so that it has no special meaning anywhere in a URL. Every byte except letters, digits and
/// `-._~` becomes `%` and two hexadecimal digits.
std::string percentEncoded(std::string_view text);

}  // namespace alpaca::broker::base

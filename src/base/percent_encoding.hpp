#pragma once

#include <string>
#include <string_view>

namespace alpaca::broker::base {

/// Writes a text so that it means nothing but itself wherever it stands in a URL: whatever is not a letter, a digit or
/// one of `-._~` becomes `%` and its two hexadecimal digits.
std::string percentEncoded(std::string_view text);

}  // namespace alpaca::broker::base

#pragma once

#include "base/ascii.hpp"

#include <string>
#include <string_view>

namespace alpaca::broker::base {

/// Percent-encodes a text so that it has no special meaning anywhere in a URL. Every byte except letters, digits and
/// `-._~` becomes `%` and two hexadecimal digits.
inline std::string percentEncoded(std::string_view text) {
  constexpr std::string_view kUnreserved = "-._~";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (isAlphanumeric(c) || kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded.append({'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]});
    }
  }
  return encoded;
}

}  // namespace alpaca::broker::base

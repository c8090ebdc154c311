#pragma once

#include "base/ascii.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace alpaca::broker::base {

/// Makes text fit for a sentence in a log or on a terminal: one printable line of limited length.
inline std::string quotable(std::string_view text) {
  constexpr std::size_t kMaxLength = 200;
  std::string line(text.substr(0, kMaxLength));
  for (char& c : line) {
    if (!isPrintable(c)) c = '?';
  }
  if (text.size() > kMaxLength) line += "...";
  return line;
}

}  // namespace alpaca::broker::base

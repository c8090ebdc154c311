#pragma once

#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>

/// Parses a number if the whole text is one, so that "5m" does not become five seconds.
inline int wholeNumber(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc{} || stopped != end) {
    throw std::invalid_argument("\"" + std::string(text) + "\" is not a whole number");
  }
  return number;
}

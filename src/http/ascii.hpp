#pragma once

#include <string_view>

/// ASCII only, on purpose: HTTP's grammar is ASCII, and <cctype> depends on the process's locale.
namespace alpaca::broker::http {

constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr char lowerCase(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool isAlphanumeric(char c) noexcept { return isDigit(c) || (lowerCase(c) >= 'a' && lowerCase(c) <= 'z'); }

constexpr bool isPrintable(char c) noexcept { return c >= 0x20 && c <= 0x7e; }

constexpr bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lowerCase(a[i]) != lowerCase(b[i])) return false;
  }
  return true;
}

constexpr std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace alpaca::broker::http

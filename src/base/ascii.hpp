#pragma once

#include <string_view>

/// Character tests for ASCII only: HTTP's grammar is ASCII, and <cctype> depends on the process's locale.
namespace alpaca::broker::base {

constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr char lowerCase(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool isAlphanumeric(char c) noexcept { return isDigit(c) || (lowerCase(c) >= 'a' && lowerCase(c) <= 'z'); }

constexpr bool isPrintable(char c) noexcept { return c >= 0x20 && c <= 0x7e; }

constexpr bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  if (a == b) return true;  // the usual case
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lowerCase(a[i]) != lowerCase(b[i])) return false;
  }
  return true;
}

constexpr bool isSpace(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

constexpr std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace alpaca::broker::base

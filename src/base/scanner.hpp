#pragma once

#include "base/ascii.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace alpaca::broker::base {

/// Parses a text from its front. A mismatch is remembered, so that the caller checks `ok` only once.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  [[nodiscard]] bool atEnd() const noexcept { return rest_.empty(); }
  [[nodiscard]] char next() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

  /// Skips one character, ignoring case. `expected` must be lower case.
  void skip(char expected) noexcept {
    ok_ = ok_ && lowerCase(next()) == expected;
    if (ok_) rest_.remove_prefix(1);
  }

  int number(std::size_t digits, int least, int most) noexcept {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + digit();
    ok_ = ok_ && value >= least && value <= most;
    return value;
  }

  int digit() noexcept {
    ok_ = ok_ && isDigit(next());
    if (!ok_) return 0;
    const int value = next() - '0';
    rest_.remove_prefix(1);
    return value;
  }

  /// Reads a fraction of a second: ".5" is 500,000,000 ns. Without a point it is 0. Digits beyond the ninth are
  /// dropped.
  std::chrono::nanoseconds fraction() noexcept {
    constexpr int kDigits = 9;
    if (next() != '.') return {};
    skip('.');
    int value = digit();
    int digits = 1;
    for (; ok_ && isDigit(next()); ++digits) {
      const int further = digit();
      if (digits < kDigits) value = value * 10 + further;
    }
    for (; digits < kDigits; ++digits) value *= 10;
    return std::chrono::nanoseconds(value);
  }

  /// Takes the next `count` characters, whatever they are.
  std::string_view take(std::size_t count) noexcept {
    ok_ = ok_ && rest_.size() >= count;
    if (!ok_) return {};
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace alpaca::broker::base

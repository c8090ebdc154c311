#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// An exact decimal number that keeps its digits as written: `"10.50"`, or even `"1e-7"`. It is compared exactly, and
/// the library never converts it to floating point.
///
/// When the broker sends text that is not a number, the text is kept. `isNumber()` is false then, and `isZero()` too.
class Decimal {
 public:
  /// An empty text, which is not a number.
  Decimal() = default;

  /// Keeps any text unchecked, as the library does with the broker's texts. For your own numbers use `parse`.
  explicit Decimal(std::string text) : text_(std::move(text)) {}

  /// @return the number, or `InvalidArgument` when the text is not digits with an optional sign, decimal point and
  ///   exponent
  static ALPACA_BROKER_EXPORT Result<Decimal> parse(std::string_view text);

  /// The text as written; empty when there was none.
  [[nodiscard]] const std::string& str() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return text_; }

  /// True when the whole text is a number: digits with an optional sign, decimal point and exponent. False for
  /// `"1,000"`, `"7 "`, `"NaN"` and no text at all.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool isNumber() const noexcept;

  /// True for a number that is zero in any spelling: `"0.00"`, `"0e5"`. False for an empty text and for text that is
  /// not a number.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool isZero() const noexcept;

  /// The nearest `double`. **Not exact**: use it for charts, not for money. NaN when the text is not a number, infinite
  /// when the number is too large, 0 when it is too small. The process's locale does not matter.
  [[nodiscard]] ALPACA_BROKER_EXPORT double toDouble() const;

  /// The exact difference. Absent when either is not a number, or the two together span 1,000 digits or more.
  [[nodiscard]] ALPACA_BROKER_EXPORT std::optional<Decimal> minus(const Decimal& other) const;

  /// Compares exactly, by value: 1.50 equals 1.5. Text that is not a number equals only the same text, and is neither
  /// less nor greater than anything.
  /// @{
  friend bool operator==(const Decimal& a, const Decimal& b) noexcept { return compare(a, b) == Comparison::Equal; }
  friend bool operator!=(const Decimal& a, const Decimal& b) noexcept { return !(a == b); }
  friend bool operator<(const Decimal& a, const Decimal& b) noexcept { return compare(a, b) == Comparison::Less; }
  friend bool operator>(const Decimal& a, const Decimal& b) noexcept { return b < a; }
  friend bool operator<=(const Decimal& a, const Decimal& b) noexcept { return a < b || a == b; }
  friend bool operator>=(const Decimal& a, const Decimal& b) noexcept { return b <= a; }
  /// @}

  /// Writes the text to an output stream, as written.
  template <class Stream>
  friend auto operator<<(Stream& out, const Decimal& number) -> decltype(out << std::string_view()) {
    return out << number.str();
  }

 private:
  enum class Comparison { Less, Equal, Greater, Unordered };
  static ALPACA_BROKER_EXPORT Comparison compare(const Decimal& a, const Decimal& b) noexcept;

  std::string text_{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

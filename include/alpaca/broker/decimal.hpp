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

/// A decimal number, digit for digit as it was written: `"10.50"`, or even `"1e-7"`. Compared exactly, never turned
/// into floating point by the library.
///
/// Text of the broker's that is no number is kept as it came. It says so (`isNumber()`), and is never taken for zero.
class Decimal {
 public:
  /// No text: not a number.
  Decimal() = default;

  /// Takes any text as it is, as the library does with the broker's. For numbers of your own use `parse`.
  explicit Decimal(std::string text) : text_(std::move(text)) {}

  /// @return the number, or `InvalidArgument` when the text is not digits with an optional sign, decimal point and
  ///   exponent
  static ALPACA_BROKER_EXPORT Result<Decimal> parse(std::string_view text);

  /// The text, digit for digit; empty when there was none.
  [[nodiscard]] const std::string& str() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return text_; }

  /// True when the whole text is a number: digits with an optional sign, decimal point and exponent. False for
  /// `"1,000"`, `"7 "`, `"NaN"` and no text at all.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool isNumber() const noexcept;

  /// True for a number that is zero, however it is written: `"0.00"`, `"0e5"`. Text that is no number is not zero, nor
  /// is no text at all.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool isZero() const noexcept;

  /// The nearest `double`, **not exact**: for charts, not for money. NaN when it is no number, infinite when it is too
  /// large.
  [[nodiscard]] ALPACA_BROKER_EXPORT double toDouble() const;

  /// The exact difference. Absent when either is no number, or the two together span 1,000 digits or more.
  [[nodiscard]] ALPACA_BROKER_EXPORT std::optional<Decimal> minus(const Decimal& other) const;

  /// By value and exactly: 1.50 equals 1.5. Text that is no number equals only the same text, and is neither less nor
  /// greater than anything.
  /// @{
  friend bool operator==(const Decimal& a, const Decimal& b) noexcept { return compare(a, b) == Comparison::Equal; }
  friend bool operator!=(const Decimal& a, const Decimal& b) noexcept { return !(a == b); }
  friend bool operator<(const Decimal& a, const Decimal& b) noexcept { return compare(a, b) == Comparison::Less; }
  friend bool operator>(const Decimal& a, const Decimal& b) noexcept { return b < a; }
  friend bool operator<=(const Decimal& a, const Decimal& b) noexcept { return a < b || a == b; }
  friend bool operator>=(const Decimal& a, const Decimal& b) noexcept { return b <= a; }
  /// @}

 private:
  enum class Comparison { Less, Equal, Greater, Unordered };
  static ALPACA_BROKER_EXPORT Comparison compare(const Decimal& a, const Decimal& b) noexcept;

  std::string text_{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

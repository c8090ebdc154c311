// Longer than 200 lines: reading, comparing and subtracting decimals share one form of a number.
#include <alpaca/broker/decimal.hpp>

#include "base/ascii.hpp"
#include "base/quotable.hpp"
#include "model/invalid_argument.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <locale>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

constexpr std::size_t kMaxExponentDigits = 15;  // so that positions fit into 64 bits
constexpr std::int64_t kMaxDifferenceDigits = 1'000;

// The parts of a number's text. Its digits are those of `whole` and then of `fraction`. The digit in front of the point
// has position 0, the one behind it -1.
struct Parts {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;

  [[nodiscard]] std::int64_t highest() const noexcept { return static_cast<std::int64_t>(whole.size()) - 1 + exponent; }
  [[nodiscard]] std::int64_t lowest() const noexcept { return exponent - static_cast<std::int64_t>(fraction.size()); }

  [[nodiscard]] char at(std::int64_t position) const noexcept {
    const std::int64_t index = highest() - position;
    if (index < 0 || position < lowest()) return '0';
    const auto place = static_cast<std::size_t>(index);
    return place < whole.size() ? whole[place] : fraction[place - whole.size()];
  }

  [[nodiscard]] bool isZero() const noexcept {
    return whole.find_first_not_of('0') == std::string_view::npos &&
           fraction.find_first_not_of('0') == std::string_view::npos;
  }
};

std::string_view takeDigits(std::string_view& text) noexcept {
  std::size_t count = 0;
  while (count < text.size() && base::isDigit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool takeSign(std::string_view& text) noexcept {
  const char sign = text.empty() ? '\0' : text.front();
  if (sign == '-' || sign == '+') text.remove_prefix(1);
  return sign == '-';
}

std::optional<std::int64_t> exponentOf(std::string_view text) noexcept {
  const bool negative = takeSign(text);
  std::string_view digits = takeDigits(text);
  if (digits.empty() || !text.empty()) return std::nullopt;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > kMaxExponentDigits) return std::nullopt;
  std::int64_t exponent = 0;
  for (const char digit : digits) exponent = exponent * 10 + (digit - '0');
  return negative ? -exponent : exponent;
}

// Accepts numbers as in JSON. Also accepts leading zeros, a plus sign, and no digits before or after the point.
std::optional<Parts> partsOf(std::string_view text) noexcept {
  Parts parts;
  parts.negative = takeSign(text);
  parts.whole = takeDigits(text);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    parts.fraction = takeDigits(text);
  }
  if (parts.whole.empty() && parts.fraction.empty()) return std::nullopt;
  if (text.empty()) return parts;
  if (base::lowerCase(text.front()) != 'e') return std::nullopt;
  const std::optional<std::int64_t> exponent = exponentOf(text.substr(1));
  if (!exponent) return std::nullopt;
  parts.exponent = *exponent;
  return parts;
}

// Drops zeros that do not change the value, so that positions outside need no look. The exponent of zero is 0.
Parts trimmed(Parts parts) noexcept {
  while (!parts.fraction.empty() && parts.fraction.back() == '0') parts.fraction.remove_suffix(1);
  while (!parts.whole.empty() && parts.whole.front() == '0') parts.whole.remove_prefix(1);
  if (parts.whole.empty() && parts.fraction.empty()) parts.exponent = 0;
  return parts;
}

// @return less than, equal to or greater than 0, as |a| to |b|
int compareMagnitudes(const Parts& a, const Parts& b) noexcept {
  const std::int64_t lowest = std::min(a.lowest(), b.lowest());
  std::int64_t position = std::max(a.highest(), b.highest());
  // Between the two numbers' digits there may be a gap of any width, and it holds nothing but zeros.
  const std::int64_t gapFrom = std::max(a.lowest(), b.lowest());
  const std::int64_t gapTo = std::min(a.highest(), b.highest());
  while (position >= lowest) {
    if (a.at(position) != b.at(position)) return a.at(position) < b.at(position) ? -1 : 1;
    --position;
    if (position < gapFrom && position > gapTo) position = gapTo;
  }
  return 0;
}

// The digits from position `high` down to `low`.
std::string digitsOf(const Parts& parts, std::int64_t high, std::int64_t low) {
  std::string digits;
  for (std::int64_t position = high; position >= low; --position) digits += parts.at(position);
  return digits;
}

// Adds `b` to `a`, or subtracts it. `a` is long enough for the sum, and not the smaller one of a difference.
void combine(std::string& a, const std::string& b, int sign) noexcept {
  int carry = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    const int digit = (a[i] - '0') + sign * (b[i] - '0') + carry;
    carry = digit < 0 ? -1 : digit / 10;
    a[i] = static_cast<char>('0' + (digit + 10) % 10);
  }
}

std::string formatted(bool negative, std::string digits, std::int64_t low) {
  if (low > 0) digits.append(static_cast<std::size_t>(low), '0');
  const std::size_t fraction = low < 0 ? static_cast<std::size_t>(-low) : 0;
  const std::size_t leading = std::min(digits.find_first_not_of('0'), digits.size() - fraction - 1);
  const bool isZero = digits.find_first_not_of('0') == std::string::npos;
  if (fraction > 0) digits.insert(digits.size() - fraction, ".");
  return (negative && !isZero ? "-" : "") + digits.substr(leading);
}

// Returns nothing when the sum may have too many digits.
std::optional<Decimal> sum(Parts a, Parts b) {
  if (compareMagnitudes(a, b) < 0) std::swap(a, b);
  const std::int64_t low = std::min(a.lowest(), b.lowest());
  const std::int64_t high = std::max<std::int64_t>({a.highest(), b.highest(), -1}) + 1;  // one more for a carry
  if (high - std::min<std::int64_t>(low, 0) >= kMaxDifferenceDigits || high < low) return std::nullopt;
  std::string digits = digitsOf(a, high, low);
  combine(digits, digitsOf(b, high, low), a.negative == b.negative ? 1 : -1);
  return Decimal(formatted(a.negative, std::move(digits), low));
}

}  // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
  if (partsOf(text)) return Decimal(std::string(text));
  return model::invalidArgument("The Decimal", "is not a number: \"" + base::quotable(text) + "\"",
                                "digits with an optional sign, decimal point and exponent");
}

bool Decimal::isNumber() const noexcept { return partsOf(text_).has_value(); }

bool Decimal::isZero() const noexcept {
  const std::optional<Parts> parts = partsOf(text_);
  // guard: text that is no number is not zero
  return parts && parts->isZero();
}

double Decimal::toDouble() const {
  std::optional<Parts> parts = partsOf(text_);
  if (!parts) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
#if defined(__cpp_lib_to_chars)  // older libraries read no floating point
  const char* const begin = text_.data() + (text_.front() == '+' ? 1 : 0);
  if (std::from_chars(begin, text_.data() + text_.size(), value).ec == std::errc()) return value;
  const bool isTooLarge = trimmed(*parts).highest() > 0;  // otherwise it is too small
  return std::copysign(isTooLarge ? std::numeric_limits<double>::infinity() : 0.0, parts->negative ? -1.0 : 1.0);
#else
  std::istringstream in(text_);
  in.imbue(std::locale::classic());
  in >> value;
  const bool isTooLarge = in.fail() && std::abs(value) >= std::numeric_limits<double>::max();
  return isTooLarge ? std::copysign(std::numeric_limits<double>::infinity(), value) : value;
#endif
}

std::optional<Decimal> Decimal::minus(const Decimal& other) const {
  const std::optional<Parts> first = partsOf(text_);
  std::optional<Parts> second = partsOf(other.text_);
  if (!first || !second) return std::nullopt;
  second->negative = !second->negative;
  if (auto difference = sum(*first, *second)) return difference;
  return sum(trimmed(*first), trimmed(*second));  // zeros may have taken the room
}

auto Decimal::compare(const Decimal& a, const Decimal& b) noexcept -> Comparison {
  std::optional<Parts> left = partsOf(a.text_);
  std::optional<Parts> right = partsOf(b.text_);
  if (!left || !right) return a.text_ == b.text_ ? Comparison::Equal : Comparison::Unordered;
  left->negative = left->negative && !left->isZero();
  right->negative = right->negative && !right->isZero();
  if (left->negative != right->negative) return left->negative ? Comparison::Less : Comparison::Greater;
  const int magnitudes = compareMagnitudes(trimmed(*left), trimmed(*right)) * (left->negative ? -1 : 1);
  if (magnitudes == 0) return Comparison::Equal;
  return magnitudes < 0 ? Comparison::Less : Comparison::Greater;
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

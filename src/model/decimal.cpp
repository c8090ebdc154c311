#include "base/ascii.hpp"

#include <alpaca/broker/order.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

// Removes one of the characters from the front. @return false when none of them is there
bool skipOneOf(std::string_view characters, std::string_view& text) noexcept {
  if (text.empty() || characters.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// Removes all digits from the front. @return false when there is none
bool skipDigits(std::string_view& text) noexcept {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(digits);
  return digits > 0;
}

}  // namespace

// Accepts numbers as in JSON. Also accepts leading zeros, a plus sign, and no digits before or after the point.
bool Decimal::isNumber() const noexcept {
  std::string_view rest = text_;
  skipOneOf("+-", rest);
  const bool hasWhole = skipDigits(rest);
  const bool hasFraction = skipOneOf(".", rest) && skipDigits(rest);
  if (!hasWhole && !hasFraction) return false;
  if (!skipOneOf("eE", rest)) return rest.empty();
  skipOneOf("+-", rest);
  return skipDigits(rest) && rest.empty();
}

bool Decimal::isZero() const noexcept {
  const auto first = text_.find_first_of("123456789eE");
  // guard: text that is no number is not zero
  return isNumber() && (first == std::string::npos || base::lowerCase(text_[first]) == 'e');
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

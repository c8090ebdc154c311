#include "base/ascii.hpp"

#include <alpaca/broker/order.hpp>

#include <cstddef>
#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

std::size_t skipDigits(std::string_view number, std::size_t at) noexcept {
  while (at < number.size() && base::isDigit(number[at])) ++at;
  return at;
}

}  // namespace

// Accepts numbers as in JSON. Also accepts leading zeros, a plus sign, and no digits before or after the point.
bool Decimal::isNumber() const noexcept {
  std::string_view number = text_;
  if (!number.empty() && (number.front() == '-' || number.front() == '+')) number.remove_prefix(1);
  std::size_t at = skipDigits(number, 0);
  std::size_t digits = at;
  if (at < number.size() && number[at] == '.') {
    const std::size_t end = skipDigits(number, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits == 0 || at == number.size()) return digits > 0;
  if (base::lowerCase(number[at]) != 'e') return false;
  ++at;
  if (at < number.size() && (number[at] == '-' || number[at] == '+')) ++at;
  return at < number.size() && skipDigits(number, at) == number.size();
}

bool Decimal::isZero() const noexcept {
  const auto first = text_.find_first_of("123456789eE");
  // guard: text that is no number is not zero
  return isNumber() && (first == std::string::npos || base::lowerCase(text_[first]) == 'e');
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

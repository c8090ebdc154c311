#include <alpaca/broker/ids.hpp>

#include "base/ascii.hpp"
#include "model/invalid_argument.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

constexpr bool isHexDigit(char c) noexcept {
  const char lower = base::lowerCase(c);
  return base::isDigit(c) || (lower >= 'a' && lower <= 'f');
}

// Two spellings of one UUID must give the same id wherever ids are compared, ordered or hashed.
std::string inLowerCase(std::string_view uuid) {
  std::string lower(uuid);
  for (char& c : lower) c = base::lowerCase(c);
  return lower;
}

constexpr bool isUuidCharacter(char c, std::size_t position) noexcept {
  const bool dash = position == 8 || position == 13 || position == 18 || position == 23;
  return dash ? c == '-' : isHexDigit(c);
}

constexpr bool isOrderIdCharacter(char c, std::size_t /*position*/) noexcept {
  // guard: order ids by allow-list
  return base::isAlphanumeric(c) || c == '_' || c == '-';
}

// What an id of one kind looks like.
struct Format {
  std::string_view name;
  std::size_t minLength;
  std::size_t maxLength;
  bool (*accepts)(char c, std::size_t position);
  std::string_view accepted;
};

constexpr Format kAccountId{"account id", 36, 36, isUuidCharacter, "a UUID, 8-4-4-4-12 hexadecimal digits"};
// guard: no empty order id
constexpr Format kOrderId{"order id", 1, 128, isOrderIdCharacter, "1 to 128 characters out of A-Z a-z 0-9 _ -"};

constexpr Format kClientOrderId{"client order id", 1, 128, [](char c, std::size_t) { return base::isPrintable(c); },
                                "1 to 128 printable ASCII characters"};

// Describes the wrong character, but never shows the text: it could be a credential in the wrong place. Unprintable
// characters appear as hex, as the message may go to a terminal or a log.
std::string misplaced(char c, std::size_t position) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  const std::string name = base::isPrintable(c) ? std::string("'") + c + "'"
                                                : std::string("0x") + kDigits[byte >> 4U] + kDigits[byte & 0xFU];
  return "has " + name + " as character " + std::to_string(position + 1);
}

bool isUuidWithoutDashes(std::string_view text) noexcept {
  return text.size() == 32 && std::all_of(text.begin(), text.end(), isHexDigit);
}

std::optional<Error> validate(std::string_view text, const Format& format) {
  if (format.accepts == isUuidCharacter && isUuidWithoutDashes(text)) {
    return model::invalidArgument(format.name, "has no dashes", format.accepted);
  }
  if (text.size() < format.minLength || text.size() > format.maxLength) {
    // A copied space, brace or line break explains a wrong length better than the length does.
    const auto accepts = format.accepts == isUuidCharacter ? isOrderIdCharacter : format.accepts;
    const auto stray = static_cast<std::size_t>(
        std::distance(text.begin(), std::find_if_not(text.begin(), text.end(), [&](char c) { return accepts(c, 0); })));
    const std::string length = std::to_string(text.size()) + (text.size() == 1 ? " character" : " characters");
    return model::invalidArgument(format.name, stray == text.size() ? "has " + length : misplaced(text[stray], stray),
                                  format.accepted);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!format.accepts(text[i], i)) {
      return model::invalidArgument(format.name, misplaced(text[i], i), format.accepted);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<AccountId> AccountId::parse(std::string_view text) {
  if (auto fault = validate(text, kAccountId)) return *std::move(fault);
  return AccountId(inLowerCase(text));
}

Result<OrderId> OrderId::parse(std::string_view text) {
  if (auto fault = validate(text, kOrderId)) return *std::move(fault);
  const bool isUuid = !validate(text, kAccountId);
  // guard: two spellings of one UUID are one order
  return OrderId(isUuid ? inLowerCase(text) : std::string(text));
}

OrderId OrderId::nil() {
  // Never destroyed: a static object of the app may make an order when the program ends.
  static const OrderId& zeros = *new OrderId("00000000-0000-0000-0000-000000000000");
  return zeros;
}

Result<ClientOrderId> ClientOrderId::parse(std::string_view text) {
  if (auto fault = validate(text, kClientOrderId)) return *std::move(fault);
  return ClientOrderId(std::string(text));
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

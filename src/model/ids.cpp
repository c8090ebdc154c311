#include <alpaca/broker/ids.hpp>

#include "base/ascii.hpp"
#include "model/invalid_argument.hpp"

#include <string>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

using base::isAlphanumeric;

constexpr std::string_view kAcceptedAccount = "a UUID, 8-4-4-4-12 hexadecimal digits";
constexpr std::string_view kAcceptedOrder = "1 to 128 characters out of A-Z a-z 0-9 _ -";
constexpr std::size_t kUuidLength = 36;
constexpr std::string_view kAcceptedClientOrder = "1 to 128 printable ASCII characters";
constexpr std::size_t kMaxOrderId = 128;

constexpr bool isHexDigit(char c) noexcept {
  const char lower = base::lowerCase(c);
  return base::isDigit(c) || (lower >= 'a' && lower <= 'f');
}

// Two spellings of one UUID must give the same id wherever ids are compared, ordered or hashed.
void toLowerCase(std::string& uuid) noexcept {
  for (char& c : uuid) c = base::lowerCase(c);
}

constexpr bool isUuidCharacter(char c, std::size_t position) noexcept {
  const bool dash = position == 8 || position == 13 || position == 18 || position == 23;
  return dash ? c == '-' : isHexDigit(c);
}

bool isUuid(std::string_view text) noexcept {
  if (text.size() != kUuidLength) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!isUuidCharacter(text[i], i)) return false;
  }
  return true;
}

// Describes the wrong character. Unprintable characters appear as hex, as the text may go to a terminal or a log.
std::string misplaced(char c, std::size_t position) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  const std::string name = base::isPrintable(c) ? std::string("'") + c + "'"
                                                : std::string("0x") + kDigits[byte >> 4U] + kDigits[byte & 0xFU];
  return "has " + name + " at position " + std::to_string(position);
}

}  // namespace

Result<AccountId> AccountId::parse(std::string_view text) {
  if (text.size() != kUuidLength) {
    return model::invalidArgument("account id", "has " + std::to_string(text.size()) + " characters", kAcceptedAccount);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!isUuidCharacter(text[i], i))
      return model::invalidArgument("account id", misplaced(text[i], i), kAcceptedAccount);
  }
  AccountId id(text);
  toLowerCase(id.text_);
  return id;
}

Result<OrderId> OrderId::parse(std::string_view text) {
  // guard: no empty order id
  if (text.empty() || text.size() > kMaxOrderId) {
    return model::invalidArgument("order id", "has " + std::to_string(text.size()) + " characters", kAcceptedOrder);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    // guard: order ids by allow-list
    const bool accepted = isAlphanumeric(text[i]) || text[i] == '_' || text[i] == '-';
    if (!accepted) return model::invalidArgument("order id", misplaced(text[i], i), kAcceptedOrder);
  }
  OrderId id(text);
  // guard: two spellings of one UUID are one order
  if (isUuid(text)) toLowerCase(id.text_);
  return id;
}

OrderId OrderId::nil() { return OrderId("00000000-0000-0000-0000-000000000000"); }

Result<ClientOrderId> ClientOrderId::parse(std::string_view text) {
  if (text.empty() || text.size() > kMaxOrderId) {
    return model::invalidArgument("client order id", "has " + std::to_string(text.size()) + " characters",
                                  kAcceptedClientOrder);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!base::isPrintable(text[i])) {
      return model::invalidArgument("client order id", misplaced(text[i], i), kAcceptedClientOrder);
    }
  }
  return ClientOrderId(text);
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

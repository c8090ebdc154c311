#include <alpaca/broker/printable.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

constexpr bool isContinuation(unsigned char byte) noexcept { return byte >= 0x80 && byte <= 0xbf; }

// Whether the character acts on a terminal instead of being shown: C0, DEL, C1, line separators, and characters that
// change the text's direction.
constexpr bool isControl(std::uint32_t c) noexcept {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

// The number of bytes of a UTF-8 character that begins with this byte; 0 when no character begins so.
constexpr std::size_t lengthAfter(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

// The length of the text's first character if it is valid UTF-8 and can be shown, else 0.
std::size_t shownLength(std::string_view text) noexcept {
  constexpr std::array<std::uint32_t, 5> kFirst{0, 0, 0x80, 0x800, 0x10000};  // a smaller code point has a shorter form
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = lengthAfter(byte(0));
  if (length == 0 || length > text.size()) return 0;
  std::uint32_t character = length == 1 ? byte(0) : byte(0) & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!isContinuation(byte(i))) return 0;
    character = (character << 6U) | (byte(i) & 0x3fU);
  }
  const bool isSurrogate = character >= 0xd800 && character <= 0xdfff;
  if (character < kFirst.at(length) || character > 0x10ffff || isSurrogate || isControl(character)) return 0;
  return length;
}

}  // namespace

std::string printable(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = shownLength(text);
    if (length == 0) {
      const auto byte = static_cast<unsigned char>(text.front());
      shown += "\\x";
      shown += kDigits[byte >> 4U];
      shown += kDigits[byte & 0xfU];
    }
    shown += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return shown;
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

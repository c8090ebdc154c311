#include "credentials/decoded_text.hpp"

#include "base/ascii.hpp"
#include "base/wipe.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace alpaca::broker::credentials {
namespace {

constexpr char kNotAscii = '\x7f';  // no credential contains it
constexpr unsigned kAsciiEnd = 0x80;
constexpr int kHex = 16;
constexpr int kDecimal = 10;

struct Name {
  std::string_view name;
  char character;
};

// All of HTML's names for ASCII characters. Letters and digits have no names.
constexpr std::array<Name, 44> kNames{{
    {"amp", '&'},    {"AMP", '&'},        {"lt", '<'},
    {"LT", '<'},     {"gt", '>'},         {"GT", '>'},
    {"quot", '"'},   {"QUOT", '"'},       {"apos", '\''},
    {"plus", '+'},   {"sol", '/'},        {"equals", '='},
    {"colon", ':'},  {"excl", '!'},       {"num", '#'},
    {"dollar", '$'}, {"percnt", '%'},     {"lpar", '('},
    {"rpar", ')'},   {"ast", '*'},        {"midast", '*'},
    {"comma", ','},  {"period", '.'},     {"semi", ';'},
    {"quest", '?'},  {"commat", '@'},     {"lsqb", '['},
    {"lbrack", '['}, {"rsqb", ']'},       {"rbrack", ']'},
    {"bsol", '\\'},  {"Hat", '^'},        {"lowbar", '_'},
    {"grave", '`'},  {"lcub", '{'},       {"verbar", '|'},
    {"rcub", '}'},   {"UnderBar", '_'},   {"DiacriticalGrave", '`'},
    {"lbrace", '{'}, {"vert", '|'},       {"VerticalLine", '|'},
    {"rbrace", '}'}, {"nbsp", kNotAscii},
}};

char asciiOf(unsigned code) noexcept { return code < kAsciiEnd ? static_cast<char>(code) : kNotAscii; }

// Reads exactly `digits` hexadecimal digits.
bool readHex(std::string_view text, std::size_t digits, unsigned& code) noexcept {
  return text.size() >= digits &&
         std::from_chars(text.data(), text.data() + digits, code, kHex).ptr == text.data() + digits;
}

std::size_t readHtmlNumber(std::string_view text, char& character) {
  constexpr std::size_t kPrefix = 2;  // "&#"
  const bool hex = text.size() > kPrefix && base::lowerCase(text[kPrefix]) == 'x';
  const std::size_t begin = hex ? kPrefix + 1 : kPrefix;
  const char* const first = text.data() + std::min(begin, text.size());
  unsigned code = 0;
  const auto [end, fault] = std::from_chars(first, text.data() + text.size(), code, hex ? kHex : kDecimal);
  if (end == first || end == text.data() + text.size()) return 0;  // no digits, or perhaps cut off
  character = fault == std::errc{} ? asciiOf(code) : kNotAscii;
  const auto length = static_cast<std::size_t>(end - text.data());
  return text[length] == ';' ? length + 1 : length;
}

}  // namespace

std::size_t readJsonEscape(std::string_view text, char& character) {
  constexpr std::size_t kDigits = 4;
  constexpr std::size_t kPrefix = 2;  // "\u"
  if (text.size() < kPrefix || text.front() != '\\') return 0;
  unsigned code = 0;
  if (text[1] == 'u' && readHex(text.substr(kPrefix), kDigits, code)) {
    character = asciiOf(code);
    return kPrefix + kDigits;
  }
  if (text[1] == 'u') return 0;  // cut off, or not JSON
  character = text[1];
  return kPrefix;
}

std::size_t readPercentEscape(std::string_view text, char& character) {
  constexpr std::size_t kDigits = 2;
  unsigned code = 0;
  if (text.empty() || text.front() != '%' || !readHex(text.substr(1), kDigits, code)) return 0;
  character = static_cast<char>(code);
  return 1 + kDigits;
}

std::size_t readHtmlEscape(std::string_view text, char& character) {
  constexpr std::size_t kMaxName = 16;
  if (text.size() < 3 || text.front() != '&') return 0;
  if (text[1] == '#') return readHtmlNumber(text, character);
  const std::size_t end = text.substr(0, kMaxName + 2).find(';');
  if (end == std::string_view::npos) return 0;
  const std::string_view name = text.substr(1, end - 1);
  for (const Name& known : kNames) {
    if (known.name != name) continue;
    character = known.character;
    return end + 1;
  }
  return 0;
}

std::size_t readAnyEscape(std::string_view text, char& character) {
  switch (text.empty() ? '\0' : text.front()) {
    case '\\':
      return readJsonEscape(text, character);
    case '%':
      return readPercentEscape(text, character);
    case '&':
      return readHtmlEscape(text, character);
    default:
      return 0;
  }
}

DecodedText::DecodedText(std::string_view source) : text_(source) {
  starts_.reserve(source.size() + 1);
  for (std::size_t i = 0; i <= source.size(); ++i) starts_.push_back(i);
}

DecodedText::~DecodedText() { base::wipe(text_); }

// Decodes in place: a decoded character is never longer than its escape.
bool DecodedText::decode(Reader reader) {
  const std::string_view text = text_;
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size(); ++to) {
    char character = text[from];
    const std::size_t length = std::max<std::size_t>(1, reader(text.substr(from), character));
    starts_[to] = starts_[from];
    text_[to] = character;
    from += length;
  }
  const bool changed = to < text.size();
  starts_[to] = starts_[text.size()];
  starts_.resize(to + 1);
  std::fill(text_.begin() + static_cast<std::ptrdiff_t>(to), text_.end(), '\0');
  text_.resize(to);
  return changed;
}

}  // namespace alpaca::broker::credentials

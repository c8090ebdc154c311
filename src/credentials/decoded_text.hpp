#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::credentials {

/// A text with its escapes decoded. It knows where each character came from in the source. Wiped on destruction, as it
/// can contain a credential that was escaped in the source.
class DecodedText {
 public:
  /// Reads one escape at the front of a text. An escape for a non-ASCII character gives a character that no credential
  /// contains.
  /// @return the length of the escape; 0 when there is none
  using Reader = std::size_t (*)(std::string_view text, char& character);

  explicit DecodedText(std::string_view source);
  ~DecodedText();
  DecodedText(const DecodedText&) = delete;
  DecodedText& operator=(const DecodedText&) = delete;

  /// Decodes every escape of this kind. @return false when there was none
  bool decode(Reader reader);

  [[nodiscard]] const std::string& str() const noexcept { return text_; }

  /// The position in the source where the character at `at` begins. For the end of the text, the end of the source.
  [[nodiscard]] std::size_t sourceOf(std::size_t at) const { return starts_[at]; }

 private:
  std::string text_;
  std::vector<std::size_t> starts_;  // source positions of each character and of the end
};

/// Reads `\/` or `\u002f`.
std::size_t readJsonEscape(std::string_view text, char& character);
/// Reads `%2F` or `%2f`.
std::size_t readPercentEscape(std::string_view text, char& character);
/// Reads `&sol;`, `&#47;` or `&#x2F;`. The semicolon after a number is optional.
std::size_t readHtmlEscape(std::string_view text, char& character);
/// Reads an escape of any of these kinds.
std::size_t readAnyEscape(std::string_view text, char& character);

}  // namespace alpaca::broker::credentials

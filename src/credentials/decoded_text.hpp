#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::credentials {

/// A text with its escapes read, which knows where in the source each of its characters stands. Wiped at its end: it
/// can hold a credential that the source only hints at.
class DecodedText {
 public:
  /// Reads one escape at the front of a text. What stands for no ASCII character is read as one that no credential has.
  /// @return how many characters it has; 0 when there is none
  using Reader = std::size_t (*)(std::string_view text, char& character);

  explicit DecodedText(std::string_view source);
  ~DecodedText();
  DecodedText(const DecodedText&) = delete;
  DecodedText& operator=(const DecodedText&) = delete;

  /// Reads every escape of this kind. @return false when there was none
  bool decode(Reader reader);

  [[nodiscard]] const std::string& str() const noexcept { return text_; }

  /// Where the character at this place begins in the source; of the end, where the source ends.
  [[nodiscard]] std::size_t sourceOf(std::size_t at) const { return starts_[at]; }

 private:
  std::string text_;
  std::vector<std::size_t> starts_;  // of each character and of the end
};

/// `\/`, `\u002f`
std::size_t readJsonEscape(std::string_view text, char& character);
/// `%2F`, `%2f`
std::size_t readPercentEscape(std::string_view text, char& character);
/// `&sol;`, `&#47;`, `&#x2F;`; a number also without its semicolon
std::size_t readHtmlEscape(std::string_view text, char& character);
/// Any of them.
std::size_t readAnyEscape(std::string_view text, char& character);

}  // namespace alpaca::broker::credentials

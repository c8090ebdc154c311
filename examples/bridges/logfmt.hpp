#pragma once

#include <string>
#include <string_view>
#include <type_traits>

/// A log line of words and key=value pairs. External values cannot end the line or forge a pair: spaces, quotes and
/// control characters are quoted.
class Logfmt {
 public:
  explicit Logfmt(std::string_view event) : text_(event) {}

  Logfmt& add(std::string_view key, std::string_view value) {
    start(key);
    const bool plain = !value.empty() && value.find_first_not_of(kPlain) == std::string_view::npos;
    plain ? static_cast<void>(text_.append(value)) : quote(value);
    return *this;
  }

  template <class Number, std::enable_if_t<std::is_arithmetic_v<Number>, int> = 0>
  Logfmt& add(std::string_view key, Number value) {
    start(key);
    if constexpr (std::is_same_v<Number, bool>) {
      text_ += value ? "true" : "false";
    } else {
      text_ += std::to_string(value);
    }
    return *this;
  }

  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  static constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/{}@+";

  void start(std::string_view key) {
    text_ += ' ';
    text_ += key;
    text_ += '=';
  }

  void quote(std::string_view value) {
    text_ += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') text_ += '\\';
      const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
      text_ += control ? ' ' : c;
    }
    text_ += '"';
  }

  std::string text_;
};

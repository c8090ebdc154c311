#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// One of the broker's words. A word that this version does not know is kept as text.
///
/// ```cpp
/// if (order.side == OrderSide::Buy) { keep("bid"); }
/// switch (order.type.kind()) {
///   case OrderType::Limit: keep("limit"); break;
///   default: keep(order.type.str());  // perhaps a word of a later version
/// }
/// ```
///
/// A word that was moved from is valid but unspecified: assign to it before you read it.
///
/// `Kinds` defines the known words: an enumeration `Kind`, whose first enumerator `Unknown` stands for all others.
template <class Kinds>
class ALPACA_BROKER_EXPORT OpenEnum : public Kinds {
 public:
  /// The enumeration of the known words.
  using Kind = typename Kinds::Kind;

  /// No word: `Unknown`, with an empty text.
  OpenEnum() = default;

  /// A known word. `Unknown` has an empty text.
  OpenEnum(Kind kind) : text_(wordOf(kind)), kind_(kind) {}  // NOLINT(google-explicit-constructor)

  /// Keeps the broker's word as received.
  explicit OpenEnum(std::string word) : text_(std::move(word)), kind_(kindOf(text_)) {}

  /// The enumerator, for a `switch`. `Unknown` for a word that this version does not know.
  [[nodiscard]] Kind kind() const noexcept { return kind_; }

  /// The broker's word for an enumerator. Empty for `Unknown`.
  [[nodiscard]] static std::string_view wordOf(Kind kind) noexcept;

  /// The broker's word, as received. Escape a word of kind `Unknown` before you print it.
  [[nodiscard]] const std::string& str() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return text_; }

  /// Compares words. Two unknown words are equal when their texts are equal.
  /// @{
  friend bool operator==(const OpenEnum& a, const OpenEnum& b) noexcept { return a.text_ == b.text_; }
  friend bool operator!=(const OpenEnum& a, const OpenEnum& b) noexcept { return a.text_ != b.text_; }
  friend bool operator==(const OpenEnum& a, Kind b) noexcept { return a.kind_ == b; }
  friend bool operator!=(const OpenEnum& a, Kind b) noexcept { return a.kind_ != b; }
  friend bool operator==(Kind a, const OpenEnum& b) noexcept { return a == b.kind_; }
  friend bool operator!=(Kind a, const OpenEnum& b) noexcept { return a != b.kind_; }
  friend bool operator==(const OpenEnum& a, std::string_view b) noexcept { return a.text_ == b; }
  friend bool operator!=(const OpenEnum& a, std::string_view b) noexcept { return a.text_ != b; }
  friend bool operator==(std::string_view a, const OpenEnum& b) noexcept { return a == b.text_; }
  friend bool operator!=(std::string_view a, const OpenEnum& b) noexcept { return a != b.text_; }
  /// @}

  /// Writes the broker's word to an output stream, as received.
  template <class Stream>
  friend auto operator<<(Stream& out, const OpenEnum& word) -> decltype(out << std::string_view()) {
    return out << word.str();
  }

 private:
  static Kind kindOf(std::string_view word) noexcept;

  std::string text_{};
  Kind kind_ = Kinds::Unknown;
};

/// The broker's word, for logs.
template <class Kinds>
[[nodiscard]] std::string_view toString(const OpenEnum<Kinds>& word ALPACA_BROKER_LIFETIMEBOUND) noexcept {
  return word.str();
}

/// The broker's word for an enumerator such as `OrderSide::Buy`, as text or on an output stream. Empty for `Unknown`.
/// @{
template <class Kind, class Kinds = decltype(kindsOf(Kind()))>
[[nodiscard]] std::string_view toString(Kind kind) noexcept {
  return OpenEnum<Kinds>::wordOf(kind);
}
template <class Stream, class Kind, class Kinds = decltype(kindsOf(Kind()))>
auto operator<<(Stream& out, Kind kind) -> decltype(out << OpenEnum<Kinds>::wordOf(kind)) {
  return out << OpenEnum<Kinds>::wordOf(kind);
}
/// @}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker::base {

/// Text that allocates nothing up to `Short` characters, so that a usual cancel needs no allocation. Longer text goes
/// to the heap.
template <std::size_t Short>
class SmallText {  // NOLINT(cppcoreguidelines-special-member-functions): = takes both
 public:
  SmallText() noexcept {}  // NOLINT(modernize-use-equals-default): the characters are not to be filled with zeros
  SmallText(std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) append(part);
  }
  // NOLINTBEGIN(google-explicit-constructor): it is a text like the others
  SmallText(std::string_view text) { append(text); }
  SmallText(const std::string& text) : SmallText(std::string_view(text)) {}
  SmallText(const char* text) : SmallText(std::string_view(text)) {}
  operator std::string_view() const noexcept { return view(); }
  // NOLINTEND(google-explicit-constructor)

  SmallText(const SmallText& other) : SmallText(other.view()) {}
  SmallText(SmallText&& other) noexcept { take(other); }
  SmallText& operator=(SmallText other) noexcept {
    take(other);
    return *this;
  }
  ~SmallText() = default;

  void append(std::string_view text) {
    if (long_.empty() && size_ + text.size() <= Short) {
      std::copy(text.begin(), text.end(), short_.data() + size_);
    } else {
      if (long_.empty()) long_.assign(short_.data(), size_);
      long_.append(text);
    }
    size_ += text.size();
  }

  void clear() noexcept {
    long_.clear();
    size_ = 0;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::string_view view() const noexcept { return {long_.empty() ? short_.data() : long_.data(), size_}; }
  [[nodiscard]] std::string str() const { return std::string(view()); }

  friend bool operator==(const SmallText& a, std::string_view b) noexcept { return a.view() == b; }
  friend bool operator!=(const SmallText& a, std::string_view b) noexcept { return a.view() != b; }
  friend std::ostream& operator<<(std::ostream& out, const SmallText& text) { return out << text.view(); }

 private:
  void take(SmallText& other) noexcept {
    long_ = std::move(other.long_);
    size_ = other.size_;
    if (long_.empty()) std::copy_n(other.short_.data(), size_, short_.data());
    other.clear();
  }

  std::array<char, Short> short_;  // the first `size_` characters are valid, unless `long_` is in use
  std::string long_{};
  std::size_t size_ = 0;
};

}  // namespace alpaca::broker::base

#pragma once

#include <string_view>

namespace alpaca::broker::http {

/// Decides from status lines and headers whether the end of an answer is unambiguous.
///
/// The status counts in any case. But after an answer with an ambiguous end, leftover bytes could be taken for the next
/// answer. Such a connection must not be used again.
class Framing {
 public:
  /// Starts over for the next answer.
  void restart() noexcept { *this = Framing(); }

  /// Takes the status line of an answer, or of an interim one before it. All lines include their line end.
  void beginBlock(std::string_view line, int status) noexcept;

  /// Takes a header line.
  void addField(std::string_view line) noexcept;

  /// False as soon as a line has left the end of the answer uncertain.
  [[nodiscard]] bool isCertain() const noexcept { return certain_; }

 private:
  void addLength(std::string_view value) noexcept;
  void addEncoding(std::string_view value) noexcept;

  bool certain_ = true;
  bool bodiless_ = false;  // its status allows no body
  bool encoded_ = false;
  static constexpr long long kNone = -1;
  long long length_ = kNone;
};

}  // namespace alpaca::broker::http

#pragma once

#include <string_view>

namespace alpaca::broker::http {

/// Judges by its status lines and headers whether everybody agrees on where an answer ends.
///
/// The status counts in any case. But behind an answer whose end is a matter of opinion there may be bytes that the
/// next request would take for its own answer: such a connection must not be used again.
class Framing {
 public:
  /// Begins with the next answer.
  void restart() noexcept { *this = Framing(); }

  /// Takes the status line of an answer, or of an interim one before it. All lines come with their line end.
  void beginBlock(std::string_view line, int status) noexcept;

  /// Takes a header line.
  void addField(std::string_view line) noexcept;

  /// False as soon as a line was seen that leaves the end of the answer open.
  [[nodiscard]] bool isCertain() const noexcept { return certain_; }

 private:
  void addLength(std::string_view value) noexcept;
  void addEncoding(std::string_view value) noexcept;

  bool certain_ = true;
  bool bodiless_ = false;  // by its status
  bool encoded_ = false;
  static constexpr long long kNone = -1;
  long long length_ = kNone;
};

}  // namespace alpaca::broker::http

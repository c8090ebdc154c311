#pragma once

#include "http/framing.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::http {

/// Collects one response from the pieces that libcurl delivers, in bounded memory.
///
/// Once a final status line has been read, that is the answer, even if the rest never arrives.
class ResponseCapture {
 public:
  static constexpr std::size_t kMaxHeaderBytes = 65'536;

  /// Clears everything for the next response, and sets the limit for its body.
  void restart(std::size_t maxBodyBytes) noexcept;

  /// Takes one header line, including status lines and the empty line that ends a block.
  /// @return false when the headers exceed `kMaxHeaderBytes`: stop reading
  bool addHeaderLine(std::string_view line);

  /// Takes the next piece of the body and keeps as much as fits.
  /// @return false when it did not fit: stop reading
  bool addBody(std::string_view piece);

  /// True when the next header line starts an answer, or an interim one.
  [[nodiscard]] bool expectsStatusLine() const noexcept { return expectStatusLine_; }

  /// False when the end of the answer is ambiguous: see `Framing`.
  [[nodiscard]] bool endIsCertain() const noexcept { return framing_.isCertain(); }

  /// Returns the response if a final status (200 or more) was read. Leaves the capture empty.
  std::optional<HttpResponse> take();

 private:
  int status_ = 0;
  bool expectStatusLine_ = true;
  std::size_t headerBytes_ = 0;  // counts all blocks, so that a flood of 1xx is bounded, too
  Framing framing_;
  HeaderBlock headers_;
  std::size_t maxBodyBytes_ = kSmallBody;
  std::string body_;
};

}  // namespace alpaca::broker::http

#pragma once

#include "http/framing.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::http {

/// Collects one response from the pieces that libcurl hands out, bounded in memory.
///
/// Keeps what is certain: once a final status line was read, that is the answer, even if the rest never comes.
class ResponseCapture {
 public:
  static constexpr std::size_t kMaxHeaderBytes = 65'536;

  /// Empties it for the next response, of whose body no more than this is kept.
  void restart(std::size_t mostBodyBytes) noexcept;

  /// Takes one header line, status lines and the empty line that ends a block included.
  /// @return false when the headers are larger than anyone needs: stop reading.
  bool addHeaderLine(std::string_view line);

  /// Takes the next piece of the body; keeps what fits.
  /// @return false when it did not fit: stop reading.
  bool addBody(std::string_view piece);

  /// True when the next header line begins an answer, or an interim one.
  [[nodiscard]] bool expectsStatusLine() const noexcept { return expectStatusLine_; }

  /// False when it is a matter of opinion where the answer ends: see `Framing`.
  [[nodiscard]] bool endIsCertain() const noexcept { return framing_.isCertain(); }

  /// The response, if a final status (200 or more) was seen. Leaves the capture empty.
  std::optional<HttpResponse> take();

 private:
  int status_ = 0;
  bool expectStatusLine_ = true;
  std::size_t headerBytes_ = 0;  // over all blocks, so that a flood of 1xx is bounded too
  Framing framing_;
  HeaderBlock headers_;
  std::size_t mostBodyBytes_ = kSmallBody;
  std::string body_;
};

}  // namespace alpaca::broker::http

#pragma once

#include <alpaca/broker/options.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::http {

/// Enough for any error page, and for every answer without a list in it.
inline constexpr std::size_t kSmallBody = std::size_t{64} * 1024;

/// What is sent. Headers that are the same for all requests belong to the connection.
struct HttpRequest {
  const char* method = "GET";
  std::string target;                      ///< path and query, sent byte for byte
  std::size_t mostBodyBytes = kSmallBody;  ///< of the response: more is not read

  /// If set, this request is there to keep connections warm: it goes out on the free connection that was used longest
  /// ago, if that was before this, else on a new one; and it takes no place that another request could wait for.
  std::optional<std::chrono::steady_clock::time_point> warmsUnusedSince{};
};

/// The header lines of a response as they came, looked up by name in any case.
class HeaderBlock {
 public:
  HeaderBlock() = default;
  explicit HeaderBlock(std::string lines) : lines_(std::move(lines)) {}

  void append(std::string_view line) { lines_.append(line); }
  void clear() noexcept { lines_.clear(); }
  [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }

  /// The value of the first header with this name, without the white space around it. Valid while the block lives.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;

 private:
  std::string lines_;
};

/// What the server answered: any final status is an answer, whatever happened to the connection after it.
struct HttpResponse {
  int status = 0;  ///< 200 or more: 1xx are not answers
  HeaderBlock headers;
  std::string body;
  std::chrono::system_clock::time_point receivedAt{};
  bool complete = true;  ///< false: the body was cut off, by the connection's end or by its size
};

}  // namespace alpaca::broker::http

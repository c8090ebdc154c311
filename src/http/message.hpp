#pragma once

#include "base/ascii.hpp"
#include "base/small_text.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::http {

/// The default limit for a body: enough for any error page, and for every answer without a list.
inline constexpr std::size_t kSmallBody = std::size_t{64} * 1024;

/// The first final status. A lower one is interim: the answer is still to come.
inline constexpr int kFirstFinalStatus = 200;

/// A path and query. The path of one order fits on the stack.
using Target = base::SmallText<256>;

/// A request. Headers that all requests share belong to the connection.
struct HttpRequest {
  const char* method = "GET";
  Target target;                          ///< sent byte for byte
  std::size_t maxBodyBytes = kSmallBody;  ///< limit for the response body; no more is read

  /// If set, this request only keeps connections warm. It uses the longest-idle connection if its last use was before
  /// this time, else a new one. It takes no slot that another request could wait for.
  std::optional<std::chrono::steady_clock::time_point> warmsUnusedSince{};
};

/// The header lines of a response as they arrived.
class HeaderBlock {
 public:
  HeaderBlock() noexcept {}  // NOLINT(modernize-use-equals-default): else its memory would be filled with zeros
  explicit HeaderBlock(std::string_view lines) : lines_(lines) {}

  void append(std::string_view line) { lines_.append(line); }
  void clear() noexcept { lines_.clear(); }
  [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }

  /// Calls `visit` with name and value of each header, in order. White space around the value is removed.
  template <class Visit>
  void forEach(Visit visit) const {
    std::string_view rest = lines_;
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      const auto colon = line.find(':');
      if (colon != std::string_view::npos) visit(line.substr(0, colon), base::trimmed(line.substr(colon + 1)));
    }
  }

 private:
  // A few times as much as a broker's answer usually has.
  base::SmallText<2048> lines_;
};

/// The server's answer. Any final status is an answer, whatever happens to the connection after it.
struct HttpResponse {
  int status = 0;  ///< 200 or more; a 1xx is not an answer
  HeaderBlock headers;
  std::string body;
  std::chrono::system_clock::time_point receivedAt{};
  bool complete = true;  ///< false: the body was cut off, by the connection's end or by the size limit

  /// When to give up parsing the body, as if it had not arrived in time.
  std::chrono::steady_clock::time_point readBy = std::chrono::steady_clock::time_point::max();
};

}  // namespace alpaca::broker::http

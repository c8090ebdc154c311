#pragma once

#include "base/ascii.hpp"
#include "base/small_text.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::http {

/// Enough for any error page, and for every answer without a list in it.
inline constexpr std::size_t kSmallBody = std::size_t{64} * 1024;

/// What is below is interim: the answer is still to come.
inline constexpr int kFirstFinalStatus = 200;

/// A path and query. Short enough for the stack when it is the path of one order.
using Target = base::SmallText<256>;

/// What is sent. Headers that are the same for all requests belong to the connection.
struct HttpRequest {
  const char* method = "GET";
  Target target;                           ///< sent byte for byte
  std::size_t mostBodyBytes = kSmallBody;  ///< of the response: more is not read

  /// If set, this request is there to keep connections warm: it goes out on the free connection that was used longest
  /// ago, if that was before this, else on a new one; and it takes no place that another request could wait for.
  std::optional<std::chrono::steady_clock::time_point> warmsUnusedSince{};
};

/// The header lines of a response as they came.
class HeaderBlock {
 public:
  HeaderBlock() noexcept {}  // NOLINT(modernize-use-equals-default): else its memory would be filled with zeros
  explicit HeaderBlock(std::string_view lines) : lines_(lines) {}

  void append(std::string_view waiters) { lines_.append(waiters); }
  void clear() noexcept { lines_.clear(); }
  [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }

  /// Gives name and value of each header, the value without the white space around it, in their order.
  template <class Visit>
  void forEach(Visit visit) const {
    std::string_view rest = lines_;
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      const std::string_view waiters = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      const auto colon = waiters.find(':');
      if (colon != std::string_view::npos) visit(waiters.substr(0, colon), base::trimmed(waiters.substr(colon + 1)));
    }
  }

 private:
  base::SmallText<2048> lines_;  // what a broker's answer has, a few times over
};

/// What the server answered: any final status is an answer, whatever happened to the connection after it.
struct HttpResponse {
  int status = 0;  ///< 200 or more: 1xx are not answers
  HeaderBlock headers;
  std::string body;
  std::chrono::system_clock::time_point receivedAt{};
  bool complete = true;  ///< false: the body was cut off, by the connection's end or by its size

  /// When whoever reads the body gives up, as if it had not come in time.
  std::chrono::steady_clock::time_point readBy = std::chrono::steady_clock::time_point::max();
};

}  // namespace alpaca::broker::http

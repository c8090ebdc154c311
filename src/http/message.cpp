#include "http/message.hpp"

#include "http/ascii.hpp"

namespace alpaca::broker::http {

std::optional<std::string_view> HeaderBlock::find(std::string_view name) const noexcept {
  std::string_view rest = lines_;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.size() > name.size() && line[name.size()] == ':' && equalIgnoringCase(line.substr(0, name.size()), name)) {
      return trimmed(line.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

}  // namespace alpaca::broker::http

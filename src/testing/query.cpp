#include "testing/query.hpp"

#include <algorithm>
#include <charconv>

namespace alpaca::broker::testing {
namespace {

std::string formDecoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  auto decoded = percentDecoded(spaced);
  if (!decoded) throw BadRequest("the query is not percent-encoded");
  return *std::move(decoded);
}

}  // namespace

std::optional<std::string> percentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const std::string_view digits = text.substr(i + 1, 2);
    unsigned byte = 0;
    const char* const end = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16).ptr;
    if (end - digits.data() != 2) return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

std::string_view takeUpTo(char separator, std::string_view& rest) {
  const std::string_view taken = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

Query::Query(std::string_view text) {
  while (!text.empty()) {
    std::string_view value = takeUpTo('&', text);
    if (value.empty()) continue;
    const std::string_view name = takeUpTo('=', value);
    parameters_.emplace_back(formDecoded(name), formDecoded(value));
  }
}

std::optional<std::string> Query::value(std::string_view name) const {
  for (const auto& [given, value] : parameters_) {
    if (given == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> Query::values(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [given, value] : parameters_) {
    if (given == name) values.push_back(value);
  }
  return values;
}

}  // namespace alpaca::broker::testing

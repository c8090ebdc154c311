#include "testing/query.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace alpaca::broker::testing {
namespace {

std::optional<unsigned> hexadecimal(char c) {
  if (base::isDigit(c)) return static_cast<unsigned>(c - '0');
  const char lower = base::lowerCase(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10;
  return std::nullopt;
}

std::optional<std::string> formDecoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percentDecoded(spaced);
}

}  // namespace

std::optional<std::string> percentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const auto high = hexadecimal(text[i + 1]);
    const auto low = hexadecimal(text[i + 2]);
    if (!high || !low) return std::nullopt;
    decoded += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return decoded;
}

std::optional<Query> Query::parse(std::string_view text) {
  Query query;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.empty()) continue;
    const auto equals = std::min(part.find('='), part.size());
    auto name = formDecoded(part.substr(0, equals));
    auto value = formDecoded(part.substr(std::min(equals + 1, part.size())));
    if (!name || !value) return std::nullopt;
    query.parameters_.emplace_back(std::move(*name), std::move(*value));
  }
  return query;
}

std::optional<std::string> Query::value(std::string_view name) const {
  const auto found = std::find_if(parameters_.begin(), parameters_.end(),
                                  [&](const auto& parameter) { return parameter.first == name; });
  if (found == parameters_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> Query::values(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [given, value] : parameters_) {
    if (given == name) values.push_back(value);
  }
  return values;
}

}  // namespace alpaca::broker::testing

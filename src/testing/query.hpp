#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace alpaca::broker::testing {

/// Decodes percent-encoding. Returns nothing when a `%` is not followed by two hexadecimal digits.
std::optional<std::string> percentDecoded(std::string_view text);

/// The decoded parameters of a request. `+` is a space, as in a form.
class Query {
 public:
  /// Reads "name=value&name=value", the part of a target after its `?`. Returns nothing when it cannot be decoded.
  static std::optional<Query> parse(std::string_view text);

  /// Returns the first value with this name, even an empty one.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;

  /// Returns all values with this name.
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace alpaca::broker::testing

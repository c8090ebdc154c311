#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace alpaca::broker::testing {

/// Undoes percent-encoding. Nothing when a `%` is not followed by two hexadecimal digits.
std::optional<std::string> percentDecoded(std::string_view text);

/// The parameters of a request, decoded; `+` is a space, as in a form.
class Query {
 public:
  /// Reads "name=value&name=value", what follows the `?` of a target. Nothing when it cannot be decoded.
  static std::optional<Query> parse(std::string_view text);

  /// The first value of this name, even an empty one.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;

  /// All values of this name.
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace alpaca::broker::testing

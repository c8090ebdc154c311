#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace alpaca::broker::testing {

/// Decodes percent-encoding. Returns nothing when a `%` is not followed by two hexadecimal digits.
std::optional<std::string> percentDecoded(std::string_view text);

/// Removes and returns the text before the separator. Removes the separator as well.
std::string_view takeUpTo(char separator, std::string_view& rest);

/// Thrown for a request that cannot be understood. The text names the fault and what is accepted.
class BadRequest : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The decoded parameters of a request. `+` is a space, as in a form.
class Query {
 public:
  /// Reads "name=value&name=value", the part of a target after its `?`. @throws BadRequest when it cannot be decoded
  explicit Query(std::string_view text);

  /// Returns the first value with this name, even an empty one.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;

  /// Returns all values with this name.
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace alpaca::broker::testing

// Compares the reader of error bodies with a parser that builds the whole tree.
#include "fuzz/fuzz_target.hpp"

#include "call/error_body.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <string>

namespace alpaca::broker::fuzz {
namespace {

using nlohmann::json;

constexpr double kExactlyCounted = 9'007'199'254'740'992.0;  // 2^53

void checkCode(const call::ErrorBody& body, const json& code) {
  if (code.is_number_unsigned() && code.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) return;
  if (code.is_number_integer()) require(body.code == code.get<std::int64_t>(), "an integer is the code");
  if (code.is_number_float()) {
    const auto number = code.get<double>();
    const bool integral = std::fabs(number) < kExactlyCounted && std::floor(number) == number;
    require(body.code.has_value() == integral, "a number is the code if it is whole");
    if (integral) require(*body.code == static_cast<std::int64_t>(number), "a whole number is the code");
  }
  if (code.is_string() && body.code) {
    require(json::parse(code.get<std::string>(), nullptr, false).is_number_integer() ||
                code.get<std::string>().find_first_not_of("-0123456789") == std::string::npos,
            "a text is the code if it is an integer");
  }
}

}  // namespace

void check(std::string_view input) {
  const call::ErrorBody body = call::readErrorBody(input);
  require(body.message.size() <= input.size(), "the message is not longer than the body");
  const json tree = json::parse(input, nullptr, false);
  if (tree.is_string()) {
    require(body.message == tree.get<std::string>() && !body.code, "a bare text is the message");
  } else if (!tree.is_object()) {
    require(body.message.empty() && !body.code, "a body that is not an object has no code or message");
  } else {
    require(!body.code || tree.contains("code"), "a code comes from the top-level field");
    require(body.message.empty() || tree.contains("message"), "a message comes from the top-level field");
    if (tree.contains("message") && tree["message"].is_string()) {
      require(body.message == tree["message"].get<std::string>(), "the message is reported unchanged");
    }
    if (tree.contains("code")) checkCode(body, tree["code"]);
  }
}

}  // namespace alpaca::broker::fuzz

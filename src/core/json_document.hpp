#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::core {

/// Deeper than any answer of the broker nests, and shallow enough for code that descends by calling itself.
inline constexpr std::size_t kDeepestNesting = 32;

/// As many as fit into the largest answer that is read, at the length that the broker's have; keeps a body of mere
/// commas from filling the memory.
inline constexpr std::size_t kMostValues = 500'000;

/// Reads a whole body as JSON. Every number is kept as a string of its digits, `1.10` as `"1.10"`: no price ever passes
/// through floating point. Of a field that stands twice in an object, the last one counts.
/// @return nothing for what is not one JSON text (cut off, followed by something, not UTF-8, with a bare NUL), and for
///   what nests deeper, holds more values, or holds a larger number (1e309) than any answer of the broker.
std::optional<nlohmann::json> parseJson(std::string_view body);

/// The text of this name in an object that `parseJson` gave, numbers being texts, too; null when there is none.
const std::string* findText(const nlohmann::json& object, const char* name);

}  // namespace alpaca::broker::core

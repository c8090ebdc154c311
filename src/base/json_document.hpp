#pragma once

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace alpaca::broker::base {

/// The nesting limit. The broker's answers never nest this deep, and recursive code can still descend safely.
inline constexpr std::size_t kMaxNesting = 32;

/// The limit on values. The largest answer that is read holds about this many values of the broker's usual length. The
/// limit keeps a body of nothing but commas from exhausting memory.
inline constexpr std::size_t kMaxValues = 500'000;

/// Frees a JSON tree and allocates no memory. The destructor of a bare `nlohmann::json` does, and ends the process when
/// memory has run out.
struct FreeJson {
  void operator()(nlohmann::json* root) const noexcept;
};

/// A JSON text as a tree, or nothing.
using JsonDocument = std::unique_ptr<nlohmann::json, FreeJson>;

/// Parses a whole body as JSON. Every number is kept as a string of its digits: `1.10` as `"1.10"`. No price passes
/// through floating point. When a field occurs twice in an object, the last one counts.
///
/// @param readBy parsing stops at about this time; a small answer is always parsed
/// @return nothing for a body that is not exactly one JSON text: cut off, with trailing text, not UTF-8, with a bare
///   NUL. Also nothing for a text beyond `kMaxNesting` or `kMaxValues`, with a number too large (1e309), or not parsed
///   in time.
JsonDocument parseJson(std::string_view body,
                       std::chrono::steady_clock::time_point readBy = std::chrono::steady_clock::time_point::max());

/// Finds a text field by name in an object from `parseJson`, where numbers are texts, too. Null when there is none.
const std::string* findText(const nlohmann::json& object, const char* name);

}  // namespace alpaca::broker::base

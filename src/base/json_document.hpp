#pragma once

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace alpaca::broker::base {

/// Deeper than any answer of the broker nests, and shallow enough for code that descends by calling itself.
inline constexpr std::size_t kMaxNesting = 32;

/// As many as fit into the largest answer that is read, at the length that the broker's have; keeps a body of mere
/// commas from filling the memory.
inline constexpr std::size_t kMaxValues = 500'000;

/// A JSON text as a tree, or nothing. Its destructor needs no memory. That of a bare `nlohmann::json` allocates, and
/// ends the process when memory has run out.
class JsonDocument {
 public:
  JsonDocument() noexcept;
  explicit JsonDocument(std::unique_ptr<nlohmann::json> root) noexcept;
  ~JsonDocument();
  JsonDocument(JsonDocument&& other) noexcept;
  JsonDocument& operator=(JsonDocument&& other) noexcept;
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  explicit operator bool() const noexcept { return root_ != nullptr; }
  const nlohmann::json& operator*() const noexcept { return *root_; }
  const nlohmann::json* operator->() const noexcept { return root_.get(); }

 private:
  std::unique_ptr<nlohmann::json> root_;
};

/// Reads a whole body as JSON. Every number is kept as a string of its digits, `1.10` as `"1.10"`: no price ever passes
/// through floating point. Of a field that stands twice in an object, the last one counts.
///
/// @param readBy reading ends at about that time; an answer that is not large is read in any case
/// @return nothing for what is not one JSON text (cut off, followed by something, not UTF-8, with a bare NUL), for what
///   nests deeper, holds more values, or holds a larger number (1e309) than any answer of the broker, and for what was
///   not read in time.
JsonDocument parseJson(std::string_view body,
                       std::chrono::steady_clock::time_point readBy = std::chrono::steady_clock::time_point::max());

/// The text of this name in an object that `parseJson` gave, numbers being texts, too; null when there is none.
const std::string* findText(const nlohmann::json& object, const char* name);

}  // namespace alpaca::broker::base

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::call {

/// The broker's error body, `{"code": ..., "message": ...}`, as far as it is readable.
struct ErrorBody {
  std::optional<std::int64_t> code;
  std::string message;
};

/// Reads `code` and `message` of the top-level object, or a bare JSON string as the message. Fields that are missing or
/// of another type stay empty, and so does a body that is not JSON. Memory and stack stay bounded, however deeply the
/// text nests.
ErrorBody readErrorBody(std::string_view body);

}  // namespace alpaca::broker::call

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace alpaca::broker::call {

/// What the broker's error body says: `{"code": ..., "message": ...}`, as far as it can be read.
struct ErrorBody {
  std::optional<std::int64_t> code;
  std::string message;
};

/// Reads `code` and `message` of the top-level object, or a bare JSON string as the message. Whatever is missing, of
/// another type, or not JSON at all is simply not there. Memory and stack stay bounded however deep the text nests.
ErrorBody readErrorBody(std::string_view body);

}  // namespace alpaca::broker::call

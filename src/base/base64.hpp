#pragma once

#include <string>

namespace alpaca::broker::base {

/// Encodes bytes in Base64 with padding, as in `Authorization: Basic`.
std::string base64(const std::string& bytes);

}  // namespace alpaca::broker::base

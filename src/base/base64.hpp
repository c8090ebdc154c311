#pragma once

#include <string>

namespace alpaca::broker::base {

/// base64 as in `Authorization: Basic`.
std::string base64(const std::string& bytes);

}  // namespace alpaca::broker::base

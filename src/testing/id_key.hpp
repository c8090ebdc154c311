#pragma once

#include <string>
#include <string_view>

namespace alpaca::broker::testing {

/// Returns the key for looking up an id. UUIDs are compared without case, other ids byte for byte.
std::string idKey(std::string_view id);

}  // namespace alpaca::broker::testing

#pragma once

#include <string>
#include <string_view>

namespace alpaca::broker::testing {

/// What an id is looked up by. UUIDs that differ in case are the same id; other ids are compared byte for byte.
std::string idKey(std::string_view id);

}  // namespace alpaca::broker::testing

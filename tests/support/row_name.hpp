#pragma once

#include <string>

namespace alpaca::broker::test {

/// Names each instance of a parametrised test after its row's `name`.
inline constexpr auto kByName = [](const auto& row) { return std::string(row.param.name); };

}  // namespace alpaca::broker::test

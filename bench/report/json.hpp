#pragma once

#include "report/results.hpp"
#include "report/targets.hpp"

#include <string>
#include <vector>

namespace alpaca::broker::bench {

/// Everything, for programs.
std::string jsonOf(const Results& results, const std::vector<Target>& targets);

}  // namespace alpaca::broker::bench

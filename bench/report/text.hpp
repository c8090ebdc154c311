#pragma once

#include "report/results.hpp"
#include "report/targets.hpp"

#include <string>
#include <vector>

namespace alpaca::broker::bench {

/// The whole report for people: Markdown that can be read as it is.
std::string textOf(const Results& results, const std::vector<Target>& targets);

}  // namespace alpaca::broker::bench

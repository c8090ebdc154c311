#pragma once

#include "report/results.hpp"

#include <string>

namespace alpaca::broker::bench {

/// What the figures were made on and with.
Machine thisMachine();

/// "2026-01-05 10:00 UTC"
std::string timeOfDay();

}  // namespace alpaca::broker::bench

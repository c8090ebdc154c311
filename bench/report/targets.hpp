#pragma once

#include "report/results.hpp"

#include <string>
#include <vector>

namespace alpaca::broker::bench {

/// One of the figures that the library has set itself.
struct Target {
  std::string number;  ///< as in docs/performance.md
  std::string what;
  double figure = 0;
  double bound = 0;
  std::string unit{};
  bool measured = true;

  [[nodiscard]] bool isMet() const noexcept { return measured && figure <= bound; }
};

/// `countsFile`: what another measurement has counted (instructions, allocations, system calls), if the file is there.
std::vector<Target> targetsOf(const Results& results, const std::string& countsFile);

}  // namespace alpaca::broker::bench

#include "harness/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace alpaca::broker::bench {

double sortedQuantile(const std::vector<double>& values, double part) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double rank = std::ceil(part * static_cast<double>(values.size()));
  return values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

double quantile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return sortedQuantile(values, part);
}

double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

Spread spreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {sortedQuantile(values, 0.5), sortedQuantile(values, 0.25), sortedQuantile(values, 0.75)};
}

}  // namespace alpaca::broker::bench

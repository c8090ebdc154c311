#pragma once

#include <vector>

namespace alpaca::broker::bench {

/// The value that so large a part (0 to 1) of the values does not exceed. NaN when there are none.
double quantile(std::vector<double> values, double part);

/// Several at once, of values that are in order already.
double sortedQuantile(const std::vector<double>& values, double part);

double median(std::vector<double> values);

/// The middle of what the rounds say, and where the middle half of them lies.
struct Spread {
  double median = 0;
  double low = 0;
  double high = 0;
};

Spread spreadOf(std::vector<double> values);

}  // namespace alpaca::broker::bench

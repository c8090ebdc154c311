#pragma once

#include "report/results.hpp"

#include <string>

/// What gnuplot is given: a column for each client, named in the first line.
namespace alpaca::broker::bench {

/// The distribution of the warm 204 on loopback: percentile, then microseconds.
std::string latencyData(const Results& results);

/// 1000 cancels at 20 ms RTT: connections, then seconds.
std::string batchData(const Results& results);

}  // namespace alpaca::broker::bench

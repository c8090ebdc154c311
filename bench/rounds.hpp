#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace alpaca::broker::bench {

using Json = nlohmann::ordered_json;

/// One of the clients that are compared.
struct Contender {
  std::string name;
  std::size_t callsPerRound;
  std::function<std::vector<double>()> measure;  ///< returns the times of one round, in microseconds
};

/// Measures every contender once in each round, in random order, so that a disturbance of the machine meets all alike.
/// Calls `before` at the start of each round. Returns a list with, for each contender, all times by round (`us`), and
/// by round the CPU time of this process per call (`cpu_us`) and the duration (`seconds`).
Json interleave(const std::vector<Contender>& contenders, int rounds, const std::function<void()>& before = {});

/// The CPU time of this process so far, in microseconds.
double cpuMicros();

/// Monotonic.
double nowMicros();

double microsSince(double start);

/// CPU time of the work, in milliseconds.
double cpuMillisOf(const std::function<void()>& work);

}  // namespace alpaca::broker::bench

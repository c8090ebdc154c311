#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace alpaca::broker::bench {

/// One of those that are compared: measures once, and returns how long each thing took, in microseconds.
struct Contender {
  std::string name;
  std::function<std::vector<double>()> measure;
  std::size_t callsPerRound = 1;
};

/// What one contender came to, round by round.
struct Series {
  std::string name;
  std::vector<std::vector<double>> micros{};  ///< by round
  std::vector<double> cpuPerCall{};           ///< by round: of this process, in microseconds
  std::size_t calls = 0;
  double seconds = 0;

  [[nodiscard]] std::vector<double> allMicros() const;

  /// By round, the median.
  [[nodiscard]] std::vector<double> medians() const;
};

/// Lets all measure once in each round, in an order that is drawn anew for each: what disturbs the machine for a while
/// then disturbs all alike.
/// `before` is called at the start of each round.
std::vector<Series> interleave(const std::vector<Contender>& contenders, int rounds,
                               const std::function<void()>& before = {});

/// The CPU time that this process has taken so far, in microseconds.
double cpuMicros();

double microsSince(double start);

/// For differences.
double nowMicros();

}  // namespace alpaca::broker::bench

#include "harness/rounds.hpp"

#include "harness/statistics.hpp"

#include <algorithm>
#include <ctime>
#include <numeric>
#include <random>

namespace alpaca::broker::bench {
namespace {

double microsOf(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

void measureOnce(const Contender& contender, Series& series) {
  const double cpu = cpuMicros();
  const double start = nowMicros();
  series.micros.push_back(contender.measure());
  series.seconds += microsSince(start) / 1e6;
  series.cpuPerCall.push_back((cpuMicros() - cpu) / static_cast<double>(contender.callsPerRound));
  series.calls += contender.callsPerRound;
}

}  // namespace

std::vector<double> Series::allMicros() const {
  std::vector<double> all;
  for (const auto& round : micros) all.insert(all.end(), round.begin(), round.end());
  return all;
}

std::vector<double> Series::medians() const {
  std::vector<double> middles;
  middles.reserve(micros.size());
  for (const auto& round : micros) middles.push_back(median(round));
  return middles;
}

std::vector<Series> interleave(const std::vector<Contender>& contenders, int rounds,
                               const std::function<void()>& before) {
  std::vector<Series> series;
  for (const Contender& contender : contenders) series.push_back({contender.name});
  std::vector<std::size_t> order(contenders.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  static std::mt19937 random{std::random_device{}()};
  for (int round = 0; round < rounds; ++round) {
    if (before) before();
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t which : order) measureOnce(contenders[which], series[which]);
  }
  return series;
}

double cpuMicros() { return microsOf(CLOCK_PROCESS_CPUTIME_ID); }
double nowMicros() { return microsOf(CLOCK_MONOTONIC); }
double microsSince(double start) { return nowMicros() - start; }

}  // namespace alpaca::broker::bench

#include "rounds.hpp"

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

void measureOnce(const Contender& contender, Json& series) {
  const double cpu = cpuMicros();
  const double start = nowMicros();
  const std::vector<double> times = contender.measure();
  series["seconds"].push_back(microsSince(start) / 1e6);
  series["cpu_us"].push_back((cpuMicros() - cpu) / static_cast<double>(contender.callsPerRound));
  series["us"].push_back(times);
}

}  // namespace

Json interleave(const std::vector<Contender>& contenders, int rounds, const std::function<void()>& before) {
  Json all = Json::array();
  for (const Contender& contender : contenders) {
    all.push_back({{"client", contender.name}, {"calls_per_round", contender.callsPerRound}});
  }
  std::vector<std::size_t> order(contenders.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  static std::mt19937 random{std::random_device{}()};
  for (int round = 0; round < rounds; ++round) {
    if (before) before();
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t which : order) measureOnce(contenders[which], all[which]);
  }
  return all;
}

double cpuMicros() { return microsOf(CLOCK_PROCESS_CPUTIME_ID); }
double nowMicros() { return microsOf(CLOCK_MONOTONIC); }
double microsSince(double start) { return nowMicros() - start; }

double cpuMillisOf(const std::function<void()>& work) {
  const double before = cpuMicros();
  work();
  return (cpuMicros() - before) / 1e3;
}

}  // namespace alpaca::broker::bench

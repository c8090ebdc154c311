// More threads than connections: how long each waits, and whether all get their turn.
#include "clients/sdk.hpp"
#include "clients/status.hpp"
#include "rows/rows.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace alpaca::broker::bench {
namespace {

constexpr int kThreads = 64;
constexpr int kConnections = 16;

// Each thread's times, by thread. A thread's failure ends the measurement.
std::vector<std::vector<double>> timesByThread(BrokerClient& client, const Link& link, const Rig& rig, double seconds) {
  const AccountId account = sdkAccount(link.keepAlive);
  const OrderId order = sdkOrders(rig.fewOrders()).front();
  std::vector<std::vector<double>> times(kThreads);
  std::atomic<bool> started{false};
  std::atomic<bool> over{false};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&](std::vector<double>& own) {
    while (!started) std::this_thread::yield();
    try {
      while (!over) {
        const double start = nowMicros();
        const int status = statusOf(client.cancelOrder(account, order));
        own.push_back(microsSince(start));
        requireStatus(status, kAccepted);
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(times.size());
  for (auto& own : times) threads.emplace_back(work, std::ref(own));
  started = true;
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  over = true;
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  return times;
}

void fill(Contention& result, std::vector<std::vector<double>> times) {
  std::vector<double> all;
  result.fewest = times.front().size();
  for (auto& own : times) {
    std::sort(own.begin(), own.end());
    result.worstThreadP50 = std::max(result.worstThreadP50, sortedQuantile(own, 0.5));
    result.worstThreadP99 = std::max(result.worstThreadP99, sortedQuantile(own, 0.99));
    result.fewest = std::min(result.fewest, own.size());
    result.most = std::max(result.most, own.size());
    all.insert(all.end(), own.begin(), own.end());
  }
  std::sort(all.begin(), all.end());
  result.calls = all.size();
  result.p50 = sortedQuantile(all, 0.5);
  result.p99 = sortedQuantile(all, 0.99);
  result.max = all.back();
}

}  // namespace

std::vector<Contention> measureContention(const Rig& rig, const Plan& plan) {
  std::vector<Contention> results;
  for (const Link& link : rig.links()) {
    BrokerClient client(sdkCredentials(link.keepAlive), sdkOptions(link.keepAlive, kConnections));
    timesByThread(client, link, rig, 0.2);  // opens the connections
    Contention result{link.name, kThreads, kConnections};
    const double cpu = cpuMicros();
    const double start = nowMicros();
    auto times = timesByThread(client, link, rig, plan.contentionSeconds);
    result.seconds = microsSince(start) / 1e6;
    const double cpuTaken = cpuMicros() - cpu;
    fill(result, std::move(times));
    result.cpu = cpuTaken / static_cast<double>(result.calls);
    results.push_back(result);
  }
  return results;
}

}  // namespace alpaca::broker::bench

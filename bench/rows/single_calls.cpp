// One call after another: on a warm connection or, where the server closes it, on a new connection for each call.
#include "clients/clients.hpp"
#include "rows/rows.hpp"

#include <sched.h>

#include <algorithm>
#include <memory>
#include <thread>

namespace alpaca::broker::bench {
namespace {

constexpr std::size_t kWarmUp = 5;

// Keeps this thread, and the threads that it starts meanwhile, on the second core. nginx has the first one. Without
// this, client and server share a core at times, and a call is several times faster or slower.
class SecondCore {
 public:
  SecondCore() {
    ::sched_getaffinity(0, sizeof before_, &before_);
    if (std::thread::hardware_concurrency() < 2) return;
    cpu_set_t second;
    CPU_ZERO(&second);
    CPU_SET(1, &second);
    ::sched_setaffinity(0, sizeof second, &second);
  }
  ~SecondCore() { ::sched_setaffinity(0, sizeof before_, &before_); }
  SecondCore(const SecondCore&) = delete;
  SecondCore& operator=(const SecondCore&) = delete;

 private:
  cpu_set_t before_{};
};

std::vector<double> timesOf(Client& client, std::size_t calls, std::size_t orders) {
  std::vector<double> times;
  times.reserve(calls);
  for (std::size_t i = 0; i < calls; ++i) {
    const double start = nowMicros();
    const int status = client.cancel(i % orders);
    times.push_back(microsSince(start));
    requireAccepted(status);
  }
  return times;
}

}  // namespace

Json measureSingleCalls(const Site& site, const Rounds& rounds) {
  const SecondCore core;
  const Orders orders = ordersOf(16);
  std::vector<std::unique_ptr<Client>> clients;
  std::vector<Contender> contenders;
  for (const ClientKind& kind : clientKinds()) {
    Client& client = *clients.emplace_back(kind.make(site, orders));
    timesOf(client, kWarmUp, orders.size());
    const std::size_t calls = std::max<std::size_t>(rounds.calls / kind.callsDividedBy, 1);
    contenders.push_back(
        {kind.name, calls, [&client, &orders, calls] { return timesOf(client, calls, orders.size()); }});
  }
  return interleave(contenders, rounds.rounds);
}

}  // namespace alpaca::broker::bench

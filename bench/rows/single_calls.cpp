// One call after another: on a connection that is warm, and on one that has to be opened for each call because the
// server closes it after each.
#include "clients/clients.hpp"
#include "clients/status.hpp"
#include "harness/own_core.hpp"
#include "rows/rows.hpp"

#include <algorithm>
#include <memory>

namespace alpaca::broker::bench {
namespace {

constexpr std::size_t kWarmUp = 5;

std::vector<double> timesOf(Client& client, std::size_t calls, std::size_t orders, int expected) {
  std::vector<double> times;
  times.reserve(calls);
  for (std::size_t i = 0; i < calls; ++i) {
    const double start = nowMicros();
    const int answered = client.cancel(i % orders);
    times.push_back(microsSince(start));
    requireStatus(answered, expected);
  }
  return times;
}

Row compare(const std::string& situation, const std::string& link, const Site& site, const Orders& orders, int status,
            const Rounds& rounds, std::size_t warmUp) {
  const OwnCore core;
  std::vector<std::unique_ptr<Client>> clients;
  std::vector<Contender> contenders;
  for (const ClientKind& kind : clientKinds()) {
    clients.push_back(kind.make(site, orders));
    Client& client = *clients.back();
    timesOf(client, warmUp, orders.size(), status);
    const std::size_t calls = std::max<std::size_t>(rounds.calls / kind.everyNth, 1);
    const auto measure = [&client, calls, count = orders.size(), status] {
      return timesOf(client, calls, count, status);
    };
    contenders.push_back({kind.name, measure, calls});
  }
  return rowOf(situation, link, interleave(contenders, rounds.rounds));
}

}  // namespace

std::vector<Row> measureWarm(const Rig& rig, const Plan& plan) {
  const Link& near = rig.loopback();
  const Link& far = rig.delayed();
  return {
      compare(kWarm, near.name, near.keepAlive, rig.fewOrders(), kAccepted, plan.warm.loopback, kWarmUp),
      compare(kRefusal, near.name, near.keepAlive, rig.refusedOrders(), kRefused, plan.refused.loopback, kWarmUp),
      compare(kWarm, far.name, far.keepAlive, rig.fewOrders(), kAccepted, plan.warm.delayed, kWarmUp),
      compare(kRefusal, far.name, far.keepAlive, rig.refusedOrders(), kRefused, plan.refused.delayed, kWarmUp),
  };
}

std::vector<Row> measureCold(const Rig& rig, const Plan& plan) {
  const Link& near = rig.loopback();
  const Link& far = rig.delayed();
  return {compare(kCold, near.name, near.closing, rig.fewOrders(), kAccepted, plan.cold.loopback, 1),
          compare(kCold, far.name, far.closing, rig.fewOrders(), kAccepted, plan.cold.delayed, 1)};
}

}  // namespace alpaca::broker::bench

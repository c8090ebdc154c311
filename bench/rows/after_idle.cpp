// The first call after a pause in which the server has closed the connection, or not: where something kept it busy.
#include "clients/clients.hpp"
#include "clients/status.hpp"
#include "rows/keep_warm.hpp"
#include "rows/rows.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>

namespace alpaca::broker::bench {
namespace {

// The server closes after two seconds.
constexpr std::chrono::milliseconds kPause{2'500};

struct Idler {
  std::string name;
  std::unique_ptr<Client> client;
};

std::vector<Idler> idlersOf(const Rig& rig, const Link& link) {
  std::vector<Idler> idlers;
  // What a call takes whose connection the server keeps: the round trip to compare with.
  idlers.push_back({kBusyLimit, makeRaw(link.keepAlive, rig.fewOrders())});
  for (const ClientKind& kind : clientKinds())
    idlers.push_back({kind.name, kind.make(link.shortIdle, rig.fewOrders())});
  idlers.push_back({kSdkKeptWarm, makeKeptWarm(link.shortIdle, rig.fewOrders())});
  return idlers;
}

Row afterIdle(const Rig& rig, const Link& link, int rounds) {
  const std::vector<Idler> idlers = idlersOf(rig, link);
  std::vector<Contender> contenders;
  for (const Idler& idler : idlers) {
    const auto measure = [&client = *idler.client] {
      const double start = nowMicros();
      const int status = client.cancel(0);
      const double time = microsSince(start);
      requireStatus(status, kAccepted);
      return std::vector<double>{time};
    };
    contenders.push_back({idler.name, measure});
  }
  const auto goIdle = [&] {
    for (const Idler& idler : idlers) requireStatus(idler.client->cancel(0), kAccepted);
    std::this_thread::sleep_for(kPause);
  };
  return rowOf(kAfterIdle, link.name, interleave(contenders, rounds, goIdle));
}

}  // namespace

std::vector<Row> measureAfterIdle(const Rig& rig, const Plan& plan) {
  return {afterIdle(rig, rig.loopback(), std::max(plan.idleRounds / 3, 1)),
          afterIdle(rig, rig.delayed(), plan.idleRounds)};
}

}  // namespace alpaca::broker::bench

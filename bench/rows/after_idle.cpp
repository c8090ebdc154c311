// The first call after a pause in which the server has closed the connection, or not: where something kept it busy.
//
// Not every client notices in time that its connection is gone, and then its call fails. A program has to send the
// cancel again, so that is part of the time, and it is counted.
#include "clients/clients.hpp"
#include "clients/status.hpp"
#include "rows/keep_warm.hpp"
#include "rows/rows.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <thread>

namespace alpaca::broker::bench {
namespace {

// The server closes after two seconds.
constexpr std::chrono::milliseconds kPause{2'500};

struct Idler {
  std::string name;
  std::unique_ptr<Client> client;
  std::size_t repeated = 0;

  void cancel() {
    int status = 0;
    try {
      status = client->cancel(0);
    } catch (const std::exception&) {  // no answer; a wrong one is not repeated
      ++repeated;
      status = client->cancel(0);
    }
    requireStatus(status, kAccepted);
  }
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
  std::vector<Idler> idlers = idlersOf(rig, link);
  std::vector<Contender> contenders;
  for (Idler& idler : idlers) {
    const auto measure = [&idler] {
      const double start = nowMicros();
      idler.cancel();
      return std::vector<double>{microsSince(start)};
    };
    contenders.push_back({idler.name, measure});
  }
  const auto goIdle = [&] {
    for (Idler& idler : idlers) idler.cancel();
    std::this_thread::sleep_for(kPause);
  };
  Row row = rowOf(kAfterIdle, link.name, interleave(contenders, rounds, goIdle));
  for (std::size_t i = 0; i < idlers.size(); ++i) row.lines[i].repeated = idlers[i].repeated;
  return row;
}

}  // namespace

std::vector<Row> measureAfterIdle(const Rig& rig, const Plan& plan) {
  return {afterIdle(rig, rig.loopback(), std::max(plan.idleRounds / 3, 1)),
          afterIdle(rig, rig.delayed(), plan.idleRounds)};
}

}  // namespace alpaca::broker::bench

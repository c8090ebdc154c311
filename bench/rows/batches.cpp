#include "clients/clients.hpp"
#include "rows/rows.hpp"

#include <algorithm>
#include <map>
#include <memory>

namespace alpaca::broker::bench {
namespace {

using Fleet = std::vector<std::unique_ptr<Batch>>;

bool isEssential(const char* name) { return name == std::string(kLimit) || name == std::string(kSdkBatch); }

// All of them, their connections open.
Fleet fleetFor(const Rig& rig, const Link& link, int connections) {
  Fleet fleet;
  const std::size_t warmUp = static_cast<std::size_t>(connections) * 4;
  for (const BatchKind& kind : batchKinds()) {
    fleet.push_back(kind.make(link.keepAlive, rig.orders(), connections));
    fleet.back()->prepare(warmUp);
    fleet.back()->cancelAll(warmUp);
  }
  return fleet;
}

Row compare(const Fleet& fleet, const Link& link, const BatchCase& batch, int rounds, bool all) {
  std::vector<Contender> contenders;
  for (std::size_t i = 0; i < fleet.size(); ++i) {
    const char* name = batchKinds()[i].name;
    if (!all && !isEssential(name)) continue;
    fleet[i]->prepare(batch.count);
    const auto measure = [&one = *fleet[i], count = batch.count] {
      const double start = nowMicros();
      one.cancelAll(count);
      return std::vector<double>{microsSince(start)};
    };
    contenders.push_back({name, measure, batch.count});
  }
  Row row = rowOf(batchName(batch.count, batch.connections), link.name, interleave(contenders, rounds));
  row.batch = batch.count;
  row.connections = batch.connections;
  return row;
}

}  // namespace

std::string batchName(std::size_t count, int connections) {
  return std::to_string(count) + " cancels, " + std::to_string(connections) +
         (connections == 1 ? " connection" : " connections");
}

std::vector<Row> measureBatches(const Rig& rig, const Plan& plan) {
  std::vector<Row> rows;
  for (const Link& link : rig.links()) {
    const bool isNear = &link == &rig.loopback();
    std::map<int, std::vector<BatchCase>> byConnections;
    for (const BatchCase& batch : plan.batches) byConnections[batch.connections].push_back(batch);
    for (const auto& [connections, batches] : byConnections) {
      const Fleet fleet = fleetFor(rig, link, connections);
      for (const BatchCase& batch : batches) {
        const int rounds = isNear ? batch.loopbackRounds : batch.delayedRounds;
        if (rounds > 0) rows.push_back(compare(fleet, link, batch, rounds, isNear || batch.delayedForAll));
      }
    }
  }
  return rows;
}

}  // namespace alpaca::broker::bench

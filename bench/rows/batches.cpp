// Many cancels over several connections that are open.
#include "clients/clients.hpp"
#include "rows/rows.hpp"

#include <memory>

namespace alpaca::broker::bench {

Json measureBatch(const Sites& sites, const BatchRounds& batch) {
  const Orders orders = ordersOf(1000);
  std::vector<std::unique_ptr<Batch>> batches;
  std::vector<Contender> contenders;
  for (const BatchKind& kind : batchKinds()) {
    Batch& one = *batches.emplace_back(kind.make(sites.delayed, orders, batch.connections));
    contenders.push_back({kind.name, orders.size(), [&one] {
                            const double start = nowMicros();
                            one.cancelAll();
                            return std::vector<double>{microsSince(start)};
                          }});
  }
  return interleave(contenders, batch.rounds);
}

}  // namespace alpaca::broker::bench

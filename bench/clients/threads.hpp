#pragma once

#include "clients/client.hpp"

#include <memory>
#include <vector>

namespace alpaca::broker::bench {

/// A client and a thread for each connection; a thread takes the next order when it is done with one. The threads are
/// started anew for each batch, as the SDK does it.
class ThreadedBatch : public Batch {
 public:
  ThreadedBatch(MakeClient make, const Site& site, const Orders& orders, int connections);
  void cancelAll(std::size_t count) override;

 private:
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace alpaca::broker::bench

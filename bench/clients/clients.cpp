#include "clients/clients.hpp"

#include <atomic>
#include <functional>
#include <future>

namespace alpaca::broker::bench {
namespace {

// Uses one client and one thread for each connection. Each batch starts new threads, as the SDK does.
class ThreadedBatch : public Batch {
 public:
  ThreadedBatch(MakeClient make, const Site& site, const Orders& orders, int connections) : count_(orders.size()) {
    for (int i = 0; i < connections; ++i) {
      clients_.push_back(make(site, orders));
      requireAccepted(clients_.back()->cancel(0));  // opens the connection
    }
  }

  void cancelAll() override {
    std::atomic<std::size_t> next{0};
    const auto work = [&](Client& client) {
      for (std::size_t index = next++; index < count_; index = next++) requireAccepted(client.cancel(index));
    };
    std::vector<std::future<void>> threads;
    threads.reserve(clients_.size());
    for (const auto& client : clients_) {
      threads.push_back(std::async(std::launch::async, work, std::ref(*client)));
    }
    for (auto& thread : threads) thread.get();
  }

 private:
  const std::size_t count_;
  std::vector<std::unique_ptr<Client>> clients_;
};

template <MakeClient Make>
std::unique_ptr<Batch> onThreads(const Site& site, const Orders& orders, int connections) {
  return std::make_unique<ThreadedBatch>(Make, site, orders, connections);
}

}  // namespace

const std::vector<ClientKind>& clientKinds() {
  static const std::vector<ClientKind> kKinds{
      {"raw TLS socket", makeRaw},
      {"Boost.Beast", makeBeast},
      {"libcurl, leanest", makeLeanCurl},
      {"libcurl, plain", makePlainCurl},
      {"libcurl, new handle", makeNaiveCurl, 50},
      {"cpp-httplib", makeHttplib},
      {"SDK", makeSdk},
      {"SDK, future", makeSdkFuture},
      {"SDK, callback", makeSdkCallback},
  };
  return kKinds;
}

const std::vector<BatchKind>& batchKinds() {
  static const std::vector<BatchKind> kKinds{
      {"raw TLS socket", onThreads<makeRaw>},
      {"Boost.Beast", onThreads<makeBeast>},
      {"libcurl, leanest", onThreads<makeLeanCurl>},
      {"cpp-httplib", onThreads<makeHttplib>},
      {"SDK, batch", makeSdkBatch},
      {"SDK, async", makeSdkAsync},
  };
  return kKinds;
}

}  // namespace alpaca::broker::bench

#include "clients/clients.hpp"

#include "clients/threads.hpp"

namespace alpaca::broker::bench {
namespace {

template <MakeClient Make>
std::unique_ptr<Batch> onThreads(const Site& site, const Orders& orders, int connections) {
  return std::make_unique<ThreadedBatch>(Make, site, orders, connections);
}

}  // namespace

const std::vector<ClientKind>& clientKinds() {
  static const std::vector<ClientKind> kKinds{
      {kLimit, makeRaw},
      {"Boost.Beast", makeBeast},
      {kLeanest, makeLeanCurl},
      {kPlain, makePlainCurl},
      {"libcurl, new handle", makeNaiveCurl, 50},
      {"cpp-httplib", makeHttplib},
      {kSdk, makeSdk},
      {"SDK, future", makeSdkFuture},
      {"SDK, callback", makeSdkCallback},
  };
  return kKinds;
}

const std::vector<BatchKind>& batchKinds() {
  static const std::vector<BatchKind> kKinds{
      {kLimit, onThreads<makeRaw>},        {"Boost.Beast", onThreads<makeBeast>},
      {kLeanest, onThreads<makeLeanCurl>}, {"cpp-httplib", onThreads<makeHttplib>},
      {kSdkBatch, makeSdkBatch},           {"SDK, async", makeSdkAsync},
  };
  return kKinds;
}

}  // namespace alpaca::broker::bench

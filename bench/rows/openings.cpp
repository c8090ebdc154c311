// The CPU time for many cold connections at once, with the system's CA certificates trusted: the SDK beside its parts,
// one load of the certificates and as many handshakes.
#include "clients/clients.hpp"
#include "clients/sdk.hpp"
#include "clients/tls_socket.hpp"
#include "rows/rows.hpp"

#include <future>

namespace alpaca::broker::bench {
namespace {

constexpr int kConnections = 32;
constexpr int kRoundsOfLeanest = 3;  // slow, and for comparison only

// The first calls of as many clients, all at once.
double openOnThreads(MakeClient make, const Site& site, const Orders& orders) {
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < kConnections; ++i) clients.push_back(make(site, orders));
  return cpuMillisOf([&] {
    std::vector<std::future<int>> statuses;
    statuses.reserve(clients.size());
    for (const auto& client : clients) {
      statuses.push_back(std::async(std::launch::async, [&one = *client] { return one.cancel(0); }));
    }
    for (auto& status : statuses) requireAccepted(status.get());
  });
}

}  // namespace

Json measureOpenings(const Sites& sites, int rounds) {
  const Site& site = sites.delayed;  // its round trip makes all connections open at once
  const Orders orders = ordersOf(kConnections);
  sharedSslContext(site.caFile);  // loaded before the raw sockets are measured
  Json result{{"connections", kConnections}};
  for (int round = 0; round < rounds; ++round) {
    // libcurl reads the file in the same way.
    result["authorities_cpu_ms"].push_back(cpuMillisOf([&] { makeSslContext(site.caFile); }));
    result["handshake_cpu_ms"].push_back(openOnThreads(makeRaw, site, orders) / kConnections);
    // With the construction of the client, so that it does not matter when it loads the certificates.
    std::unique_ptr<BrokerClient> client;
    result["sdk_cpu_ms"].push_back(cpuMillisOf([&] { client = openSdk(site, orders); }));
  }
  for (int round = 0; round < kRoundsOfLeanest; ++round) {
    result["leanest_cpu_ms"].push_back(openOnThreads(makeLeanCurl, site, orders));
  }
  return result;
}

}  // namespace alpaca::broker::bench

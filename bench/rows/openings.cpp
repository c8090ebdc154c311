// What it takes of the CPU to open many connections at once, with the system's authorities trusted: this SDK beside
// what it is made of, one load of the authorities and so many handshakes.
#include "clients/clients.hpp"
#include "clients/sdk.hpp"
#include "clients/status.hpp"
#include "clients/tls_socket.hpp"
#include "rows/rows.hpp"

#include <functional>
#include <thread>

namespace alpaca::broker::bench {
namespace {

constexpr int kConnections = 32;
constexpr double kAllowance = 1.2;
constexpr int kRoundsOfLeanest = 3;  // only to compare with, and it takes long

double cpuMillisOf(const std::function<void()>& work) {
  const double before = cpuMicros();
  work();
  return (cpuMicros() - before) / 1e3;
}

// The file is read as libcurl reads it.
double loadAuthorities(const Site& site) {
  return cpuMillisOf([&] { makeSslContext(site.caFile); });
}

// Each client's first call, all at once.
double openOnThreads(MakeClient make, const Site& site, const Orders& orders) {
  std::vector<std::unique_ptr<Client>> clients;
  clients.reserve(kConnections);
  for (int i = 0; i < kConnections; ++i) clients.push_back(make(site, orders));
  std::vector<int> statuses(clients.size());
  const double cpu = cpuMillisOf([&] {
    std::vector<std::thread> threads;
    threads.reserve(clients.size());
    for (std::size_t i = 0; i < clients.size(); ++i) {
      threads.emplace_back([&, i] {
        try {
          statuses[i] = clients[i]->cancel(i);
        } catch (const std::exception&) {
          statuses[i] = 0;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  for (const int status : statuses) requireStatus(status, kAccepted);
  return cpu;
}

struct Opened {
  double cpu = 0;
  double wall = 0;
};

// From the construction of the client on, so that it does not matter when it loads what.
Opened openSdk(const Site& site, const Orders& orders) {
  std::vector<OrderRef> targets;
  const AccountId account = sdkAccount(site);
  for (const OrderId& order : sdkOrders({orders.begin(), orders.begin() + kConnections})) {
    targets.push_back({account, order});
  }
  std::unique_ptr<BrokerClient> client;
  BatchReport report;
  const double start = nowMicros();
  const double cpu = cpuMillisOf([&] {
    client = std::make_unique<BrokerClient>(sdkCredentials(site), sdkOptions(site, kConnections));
    report = client->cancelOrders(targets);
  });
  const double wall = microsSince(start) / 1e3;
  for (const BatchEntry& entry : report.entries) requireStatus(statusOf(entry.result), kAccepted);
  return {cpu, wall};
}

}  // namespace

Openings measureOpenings(const Rig& rig, const Plan& plan) {
  const Site& site = rig.delayed().keepAlive;  // the length of the line keeps all of them opening at once
  sharedSslContext(site.caFile);               // the raw sockets': loaded before, as the limit has it
  std::vector<double> authorities;
  std::vector<double> handshakes;
  std::vector<double> sdk;
  std::vector<double> wall;
  std::vector<double> leanest;
  std::vector<double> ratios;
  for (int round = 0; round < plan.openingRounds; ++round) {
    authorities.push_back(loadAuthorities(site));
    handshakes.push_back(openOnThreads(makeRaw, site, rig.orders()) / kConnections);
    const Opened opened = openSdk(site, rig.orders());
    sdk.push_back(opened.cpu);
    wall.push_back(opened.wall);
    ratios.push_back(opened.cpu / (authorities.back() + kConnections * handshakes.back() * kAllowance));
  }
  leanest.reserve(kRoundsOfLeanest);
  for (int round = 0; round < kRoundsOfLeanest; ++round) {
    leanest.push_back(openOnThreads(makeLeanCurl, site, rig.orders()));
  }
  return {kConnections,    median(authorities), median(handshakes), median(sdk),
          median(leanest), median(wall),        spreadOf(ratios)};
}

}  // namespace alpaca::broker::bench

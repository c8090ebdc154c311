// The first call after a pause in which the server closed the connection, unless something kept it busy.
//
// A client that does not notice the lost connection fails. A program would have to repeat the cancel, so the repetition
// is part of the time, and it is counted.
#include "clients/clients.hpp"
#include "clients/sdk.hpp"
#include "rows/rows.hpp"

#include <chrono>
#include <exception>
#include <memory>
#include <thread>

namespace alpaca::broker::bench {
namespace {

// The server closes after two seconds.
constexpr std::chrono::milliseconds kPause{2'500};
constexpr std::chrono::seconds kKeepWarmInterval{1};

struct Idler {
  std::string name;
  std::unique_ptr<Client> client;
  std::size_t repeated = 0;

  void cancel() {
    int status = 0;
    try {
      status = client->cancel(0);
    } catch (const std::exception&) {  // no answer; a wrong answer is not repeated
      ++repeated;
      status = client->cancel(0);
    }
    requireAccepted(status);
  }
};

std::vector<Idler> idlersOf(const Sites& sites, const Orders& orders) {
  std::vector<Idler> idlers;
  // One round trip, for comparison: the server keeps this connection.
  idlers.push_back({"raw TLS socket, kept open", makeRaw(sites.delayed, orders)});
  for (const ClientKind& kind : clientKinds()) idlers.push_back({kind.name, kind.make(sites.delayedShortIdle, orders)});
  ClientOptions options = sdkOptions(sites.delayedShortIdle);
  options.keepWarm.connections = 1;
  options.keepWarm.interval = kKeepWarmInterval;
  idlers.push_back({"SDK, keep-warm", makeSdkWith(options, orders)});
  return idlers;
}

}  // namespace

Json measureAfterIdle(const Sites& sites, int rounds) {
  const Orders orders = ordersOf(1);
  std::vector<Idler> idlers = idlersOf(sites, orders);
  std::vector<Contender> contenders;
  for (Idler& idler : idlers) {
    contenders.push_back({idler.name, 1, [&idler] {
                            const double start = nowMicros();
                            idler.cancel();
                            return std::vector<double>{microsSince(start)};
                          }});
  }
  const auto goIdle = [&] {
    for (Idler& idler : idlers) idler.cancel();
    std::this_thread::sleep_for(kPause);
  };
  Json all = interleave(contenders, rounds, goIdle);
  for (std::size_t i = 0; i < idlers.size(); ++i) all[i]["repeated"] = idlers[i].repeated;
  return all;
}

}  // namespace alpaca::broker::bench

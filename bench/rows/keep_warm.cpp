#include "rows/keep_warm.hpp"

#include "clients/sdk.hpp"

#include <chrono>

namespace alpaca::broker::bench {
namespace {

// Well within the two seconds after which the server closes.
constexpr std::chrono::seconds kInterval{1};

}  // namespace

std::unique_ptr<Client> makeKeptWarm(const Site& site, const Orders& orders) {
  ClientOptions options = sdkOptions(site);
  options.keepWarm.connections = 1;
  options.keepWarm.interval = kInterval;
  return makeSdkWith(site, orders, options);
}

}  // namespace alpaca::broker::bench

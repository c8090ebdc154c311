#include "rows/keep_warm.hpp"

#include "clients/sdk.hpp"

#include <chrono>

namespace alpaca::broker::bench {
namespace {

// Well within the second after which the server closes.
constexpr std::chrono::milliseconds kInterval{300};

// The better match: the options of a version that can keep connections warm.
template <class Options>
auto keepWarm(Options& options, int /*preferred*/) -> decltype(options.keepWarm.connections, bool{}) {
  options.keepWarm.connections = 1;
  options.keepWarm.interval = kInterval;
  return true;
}

template <class Options>
bool keepWarm(Options& /*options*/, long /*otherwise*/) {
  return false;
}

}  // namespace

std::unique_ptr<Client> makeKeptWarm(const Site& site, const Orders& orders) {
  ClientOptions options = sdkOptions(site);
  return keepWarm(options, 0) ? makeSdkWith(site, orders, options) : nullptr;
}

}  // namespace alpaca::broker::bench

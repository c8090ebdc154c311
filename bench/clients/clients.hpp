#pragma once

#include "clients/client.hpp"

#include <vector>

/// All that is compared. The limit and the two libcurl clients are what the others are set in proportion to.
namespace alpaca::broker::bench {

inline constexpr const char* kLimit = "raw TLS socket";
inline constexpr const char* kBusyLimit = "raw TLS socket, kept open";
inline constexpr const char* kLeanest = "libcurl, leanest";
inline constexpr const char* kPlain = "libcurl, plain";
inline constexpr const char* kSdk = "SDK";
inline constexpr const char* kSdkBatch = "SDK, batch";

std::unique_ptr<Client> makeRaw(const Site& site, const Orders& orders);
std::unique_ptr<Client> makeBeast(const Site& site, const Orders& orders);
std::unique_ptr<Client> makeLeanCurl(const Site& site, const Orders& orders);
std::unique_ptr<Client> makePlainCurl(const Site& site, const Orders& orders);
std::unique_ptr<Client> makeNaiveCurl(const Site& site, const Orders& orders);
std::unique_ptr<Client> makeHttplib(const Site& site, const Orders& orders);
std::unique_ptr<Client> makeSdk(const Site& site, const Orders& orders);
std::unique_ptr<Client> makeSdkFuture(const Site& site, const Orders& orders);
std::unique_ptr<Client> makeSdkCallback(const Site& site, const Orders& orders);

std::unique_ptr<Batch> makeSdkBatch(const Site& site, const Orders& orders, int connections);
std::unique_ptr<Batch> makeSdkAsync(const Site& site, const Orders& orders, int connections);

struct ClientKind {
  const char* name;
  MakeClient make;
  std::size_t everyNth = 1;  ///< it makes only so many of the calls, because each takes so long
};

struct BatchKind {
  const char* name;
  MakeBatch make;
};

/// One call at a time.
const std::vector<ClientKind>& clientKinds();

/// Many cancels over several connections.
const std::vector<BatchKind>& batchKinds();

}  // namespace alpaca::broker::bench

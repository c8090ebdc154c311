#pragma once

#include "clients/client.hpp"

#include <vector>

/// All clients that are compared.
namespace alpaca::broker::bench {

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
  std::size_t callsDividedBy = 1;  ///< a slow client makes fewer calls
};

struct BatchKind {
  const char* name;
  MakeBatch make;
};

/// One call at a time. report.py needs the names of the raw socket and of the two libcurl clients.
const std::vector<ClientKind>& clientKinds();

/// Many cancels over several connections.
const std::vector<BatchKind>& batchKinds();

}  // namespace alpaca::broker::bench

#pragma once

#include "clients/client.hpp"

#include <alpaca/broker/client.hpp>

#include <vector>

/// Shared by all measurements of this SDK.
namespace alpaca::broker::bench {

/// The defaults, except for the address, the CA certificates, the connections and the longer time-outs.
ClientOptions sdkOptions(const Site& site, int connections = 1);

Credentials sdkCredentials();
AccountId sdkAccount();

/// Parsed in advance, as in a program.
std::vector<OrderId> sdkOrders(const Orders& orders);

/// The status of the answer; 0 without one.
int statusOf(const Result<CancelAccepted>& result);

/// A new client that has opened all its connections, with one cancel on each. The site's round trip must be long.
std::unique_ptr<BrokerClient> openSdk(const Site& site, const Orders& orders);

/// An SDK client behind the common interface.
std::unique_ptr<Client> makeSdkWith(const ClientOptions& options, const Orders& orders);

}  // namespace alpaca::broker::bench

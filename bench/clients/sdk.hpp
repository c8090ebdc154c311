#pragma once

#include "clients/client.hpp"

#include <alpaca/broker/client.hpp>

#include <vector>

/// What the measurements of this SDK share.
namespace alpaca::broker::bench {

/// The defaults, but for the address, the authorities, the connections, and more time than anything takes.
ClientOptions sdkOptions(const Site& site, int connections = 1);

Credentials sdkCredentials(const Site& site);
AccountId sdkAccount(const Site& site);

/// A program has ids parsed long before it cancels.
std::vector<OrderId> sdkOrders(const Orders& orders);

/// The status of the answer; throws when there was none.
int statusOf(const Result<CancelAccepted>& result);

/// An SDK client behind the common interface.
std::unique_ptr<Client> makeSdkWith(const Site& site, const Orders& orders, const ClientOptions& options);

}  // namespace alpaca::broker::bench

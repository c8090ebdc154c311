#pragma once

#include "call/operation.hpp"

#include <alpaca/broker/ids.hpp>

#include <string_view>

/// How the targets of an account's orders begin, and where the ids are in them.
namespace alpaca::broker::endpoints {

inline constexpr std::string_view kAccounts = "/v1/trading/accounts/";
inline constexpr std::string_view kOrders = "/orders";

/// For `kAccounts`, the id, and anything.
inline call::IdsInTarget placesOf(const AccountId& account) { return {{kAccounts.size(), account.str().size()}}; }

/// For `kAccounts`, the account's id, `kOrders`, a slash, and the order's id.
inline call::IdsInTarget placesOf(const AccountId& account, const OrderId& order) {
  const auto accountId = placesOf(account).account;
  return {accountId, {accountId.begin + accountId.size + kOrders.size() + 1, order.str().size()}};
}

}  // namespace alpaca::broker::endpoints

#pragma once

#include "testing/account_orders.hpp"
#include "testing/order_list.hpp"
#include "testing/times.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::testing {

/// The orders of all accounts, and how they change over time. Before an order is read, whatever is due happens to it.
/// Not thread-safe.
///
/// Functions throw std::out_of_range for an unknown order.
class OrderBook {
 public:
  OrderBook(Clock clock, std::optional<std::chrono::milliseconds> cancelTakes);

  void addAccount(const AccountId& account);
  void add(const AccountId& account, const OrderId& order, const std::string& status);
  void add(const AccountId& account, Order order);

  void settleCancels();
  void setStatus(const AccountId& account, const OrderId& order, const std::string& status);
  bool fill(const AccountId& account, const OrderId& order, const std::optional<Decimal>& quantity);
  bool replace(const AccountId& account, const OrderId& order, const OrderId& by);
  void fillDuringCancel(const AccountId& account, const OrderId& order);
  void refuseCancel(const AccountId& account, const OrderId& order);

  /// Returns the order as it is now, with its legs.
  Order order(const AccountId& account, const OrderId& order);

  [[nodiscard]] bool knows(const AccountId& account) const { return accounts_.count(account) > 0; }

  /// Returns the order's id for a text from a request; nothing when the account has no such order.
  [[nodiscard]] std::optional<OrderId> find(const AccountId& account, std::string_view order);
  [[nodiscard]] std::optional<OrderId> findByClientId(const AccountId& account, const std::string& clientOrderId);

  /// Cancels the order if it is cancelable.
  CancelVerdict cancel(const AccountId& account, const OrderId& order);

  /// Cancels all orders that the broker lists as open. Live orders that it lists as closed, like a leg in status
  /// `held`, end only with their group.
  std::vector<CancelVerdict> cancelAll(const AccountId& account);

  /// Returns the orders that match the query, in its direction and up to its limit.
  std::vector<Order> list(const AccountId& account, const ListQuery& query);

 private:
  // Returns the time for a new order. Each is later than the one before, so that lists can be paged by it, also while
  // the clock stands still.
  WallTime timeOfSubmission();
  AccountOrders& accountOf(const AccountId& account);
  OrderEntry& entryOf(const AccountId& account, const OrderId& order, WallTime now);

  const Clock clock_;
  const std::optional<std::chrono::milliseconds> cancelTakes_;
  std::map<AccountId, AccountOrders> accounts_;
  WallTime lastLook_{};
  WallTime lastSubmission_{};
};

}  // namespace alpaca::broker::testing

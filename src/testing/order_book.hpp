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

/// The orders of all accounts, and what becomes of them with time. Whenever an order is looked at, what was due to
/// happen to it happens first. Not thread-safe.
///
/// A function that is told of an order that is not there throws std::out_of_range.
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

  /// The order as it is now, with its legs.
  Order order(const AccountId& account, const OrderId& order);

  [[nodiscard]] bool knows(const AccountId& account) const;

  /// The id behind a text from outside; nothing when the account has no such order.
  [[nodiscard]] std::optional<OrderId> find(const AccountId& account, std::string_view order) const;
  [[nodiscard]] std::optional<OrderId> findByClientId(const AccountId& account, const std::string& clientOrderId) const;

  /// Lets the order be canceled, if it can be.
  CancelVerdict cancel(const AccountId& account, const OrderId& order);

  /// Lets all orders be canceled that the broker lists as open. Those that it lists as closed although they live, like
  /// a leg in status `held`, end with their group only.
  std::vector<CancelVerdict> cancelAll(const AccountId& account);

  /// The orders that the query lets through, in its direction, at most as many as it allows.
  std::vector<Order> list(const AccountId& account, const ListQuery& query);

 private:
  // The time, and never the same twice.
  Moment now();
  AccountOrders& accountOf(const AccountId& account);
  [[nodiscard]] const AccountOrders* knownAccount(const AccountId& account) const;
  OrderEntry& entryOf(const AccountId& account, const OrderId& order, const Moment& now);

  const Clock clock_;
  const std::optional<std::chrono::milliseconds> cancelTakes_;
  std::map<std::string, AccountOrders> accounts_;  // by idKey()
  WallTime last_{};
};

}  // namespace alpaca::broker::testing

#pragma once

#include "testing/times.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace alpaca::broker::testing {

/// What a request to cancel an order came to.
struct CancelVerdict {
  bool accepted = false;
  Order order;  ///< as it was left
};

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

  /// The orders that the filter lets through, in its direction, at most as many as it allows.
  std::vector<Order> list(const AccountId& account, const OrderFilter& filter);

 private:
  struct Entry {
    Order order;  // its legs are entries of their own
    std::vector<OrderId> legs{};
    bool isLeg = false;
    std::size_t number = 0;  // decides between orders of the same time
    bool refusesCancel = false;
    bool fillsDuringCancel = false;
    std::optional<Moment> settlesAt{};
  };

  struct Account {
    std::map<std::string, Entry, std::less<>> orders;
    std::unordered_map<std::string, std::string> idOfClientId;
  };

  // The time, and never the same twice.
  Moment now();
  Account& accountOf(const AccountId& account);
  Entry& entryOf(const AccountId& account, const OrderId& order, const Moment& now);
  void insert(Account& account, Order order, bool isLeg);
  static void settle(Entry& entry, WallTime when);
  static void settleWhatIsDue(Entry& entry, const Moment& now);
  static Order withLegs(Account& account, Entry& entry, const Moment& now);

  const Clock clock_;
  const std::optional<std::chrono::milliseconds> cancelTakes_;
  std::map<std::string, Account, std::less<>> accounts_;
  WallTime last_{};
  std::size_t added_ = 0;
};

}  // namespace alpaca::broker::testing

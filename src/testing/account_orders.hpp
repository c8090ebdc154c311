#pragma once

#include "testing/times.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace alpaca::broker::testing {

/// An order in the book, and what will happen to it.
struct OrderEntry {
  Order order;  ///< without its legs, which are separate entries
  std::vector<OrderId> legs{};
  bool isLeg = false;
  std::optional<OrderId> group{};  ///< the first order of the bracket, OCO or OTO; absent: no group
  bool isExit = false;             ///< in a group, the fill of one exit cancels the others
  std::size_t number = 0;          ///< sorts orders of the same time
  bool refusesCancel = false;
  bool fillsDuringCancel = false;
  std::optional<WallTime> settlesAt{};
};

/// The outcome of a request to cancel an order.
struct CancelVerdict {
  bool accepted = false;
  Order order;  ///< the order after the request
};

/// The orders of one account. Models how the orders of a bracket, OCO or OTO group affect each other. Not thread-safe.
class AccountOrders {
 public:
  using Entries = std::map<OrderId, OrderEntry>;

  /// Adds the order and its legs. Replaces an order with the same id.
  void insert(Order order);

  /// Adds an order that takes the place of `replaced`, also in its group.
  void insertInPlaceOf(const OrderEntry& replaced, Order order);

  /// Returns null when there is no such order.
  [[nodiscard]] OrderEntry* find(const OrderId& id);
  [[nodiscard]] OrderEntry* findByClientId(const std::string& clientOrderId);

  [[nodiscard]] Entries& entries() noexcept { return entries_; }

  /// Cancels the order if it is cancelable, and with it all orders of its group.
  CancelVerdict cancel(OrderEntry& entry, WallTime now, std::optional<std::chrono::milliseconds> cancelTakes);

  /// Fills the order, and cancels the other exits of its group.
  void fill(OrderEntry& entry, WallTime when);

  /// Applies what is due by now to the order and its group.
  void settleDue(OrderEntry& entry, WallTime now);

  /// Completes every pending cancel.
  void settleCancels(WallTime now);

  /// Returns the order with its legs.
  [[nodiscard]] Order withLegs(OrderEntry& entry, WallTime now);

 private:
  OrderEntry& put(OrderEntry entry);
  void insertWithLegs(OrderEntry entry);
  template <class Act>
  void forGroup(OrderEntry& entry, Act act);
  void settle(OrderEntry& entry, WallTime when);

  Entries entries_;
  std::unordered_map<std::string, OrderId> idOfClientId_;
  std::unordered_map<OrderId, std::set<OrderId>> groups_;
  std::size_t added_ = 0;
};

}  // namespace alpaca::broker::testing

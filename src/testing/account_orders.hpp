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
#include <string_view>
#include <unordered_map>
#include <vector>

namespace alpaca::broker::testing {

/// An order on the book, and what is to happen to it.
struct OrderEntry {
  Order order;  ///< without its legs, which are entries of their own
  std::vector<OrderId> legs{};
  bool isLeg = false;
  std::string group{};     ///< of a bracket, OCO or OTO: the key of the order that began it; empty: none
  bool isExit = false;     ///< in a group: the fill of one exit cancels the others
  std::size_t number = 0;  ///< decides between orders of the same time
  bool refusesCancel = false;
  bool fillsDuringCancel = false;
  std::optional<Moment> settlesAt{};
};

/// What a request to cancel an order came to.
struct CancelVerdict {
  bool accepted = false;
  Order order;  ///< as it was left
};

/// The orders of one account, and what the orders of a bracket, OCO or OTO group do to each other. Not thread-safe.
class AccountOrders {
 public:
  using Entries = std::map<std::string, OrderEntry, std::less<>>;

  /// Adds the order and its legs. An order of that id that is already there is replaced.
  void insert(Order order);

  /// Adds an order that takes the place of `replaced`, in its group, too.
  void insertInPlaceOf(const OrderEntry& replaced, Order order);

  /// Null when there is no such order.
  [[nodiscard]] OrderEntry* find(std::string_view id);
  [[nodiscard]] const OrderEntry* find(std::string_view id) const;
  [[nodiscard]] const OrderEntry* findByClientId(const std::string& clientOrderId) const;

  [[nodiscard]] Entries& entries() noexcept { return entries_; }

  /// Lets the order be canceled, if it can be, and with it all orders of its group.
  CancelVerdict cancel(OrderEntry& entry, const Moment& now, std::optional<std::chrono::milliseconds> cancelTakes);

  /// Fills the order. The other exits of its group are canceled.
  void fill(OrderEntry& entry, WallTime when);

  /// Lets happen what was due by now, to the order and to its group.
  void settleDue(OrderEntry& entry, const Moment& now);

  /// Lets every pending cancel take effect.
  void settleCancels(const Moment& now);

  /// The order with its legs.
  [[nodiscard]] Order withLegs(OrderEntry& entry, const Moment& now);

 private:
  OrderEntry& put(OrderEntry entry);
  void insertLegs(OrderEntry& parent, std::vector<Order> legs);
  template <class Act>
  void forGroup(const OrderEntry& entry, Act act);
  void settle(OrderEntry& entry, WallTime when);

  Entries entries_;
  std::unordered_map<std::string, std::string> keyOfClientId_;
  std::unordered_map<std::string, std::set<std::string>> groups_;
  std::size_t added_ = 0;
};

}  // namespace alpaca::broker::testing

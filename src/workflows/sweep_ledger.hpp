#pragma once

#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <unordered_set>
#include <vector>

namespace alpaca::broker::workflows {

/// What a kill switch knows about the orders of one account. It loses no order that it has heard of.
///
/// Only a final status ends an order. One that was replaced hands over to the order that took its place.
class SweepLedger {
 public:
  /// The account as its open orders were listed: of those that were open before and are not listed, nothing is known.
  /// @param whole whether the list was complete; else a missing order proves nothing and stays what it was
  void look(std::vector<Order> open, bool whole = true);

  /// Orders from another list, or read one by one.
  void learn(Order order);

  /// An order of this id is to be found: it took the place of one that was meant.
  void expect(const OrderId& order) { orders_.try_emplace(order); }

  /// The order is meant, whether or not it is alive: what replaced it is meant, too.
  void mean(const OrderId& order) { meant_.insert(order); }

  /// The order turned out not to be meant.
  void drop(const OrderId& order) { orders_.erase(order); }

  /// A cancel of this order was accepted, or failed.
  void cancelAccepted(const OrderId& order);
  void cancelFailed(const OrderId& order, Error error);
  void unreadable(const OrderId& order, Error error);

  [[nodiscard]] bool knows(const OrderId& order) const { return orders_.count(order) > 0; }

  /// True when the order is known, or has replaced one that is.
  [[nodiscard]] bool concerns(const Order& order) const;

  /// Orders that are alive and of which no cancel is under way.
  [[nodiscard]] std::vector<OrderId> toCancel() const;

  /// Orders of which it is not known whether they have ended.
  [[nodiscard]] std::vector<OrderId> unresolved() const;

  /// True when an order was replaced and nothing says by which.
  [[nodiscard]] bool hasLostReplacement() const;

  [[nodiscard]] std::size_t found() const noexcept { return orders_.size(); }
  [[nodiscard]] std::size_t alive() const noexcept;

  /// Sorts the orders into the lists of the report.
  void report(AccountKill& account) const;

 private:
  enum class Place { Unresolved, Alive, Ended };
  struct Known {
    Place place = Place::Unresolved;
    std::optional<Order> order{};
    std::optional<Error> cancelError{};
    std::optional<Error> readError{};
    bool maybeCanceled = false;  // by a cancel that was left in doubt
  };

  std::map<OrderId, Known> orders_;
  std::unordered_set<OrderId> meant_;  // besides these
};

}  // namespace alpaca::broker::workflows

#pragma once

#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <unordered_set>
#include <vector>

namespace alpaca::broker::workflows {

/// Records what a kill switch knows about the orders of one account. It forgets no order that it has seen.
///
/// Only a final status ends an order. After a replaced order, the ledger follows its replacement.
class SweepLedger {
 public:
  /// Makes every live order unresolved until `learn` takes it again. Do not call it before an incomplete list of the
  /// open orders: an order that is missing there proves nothing.
  void beginLook();

  /// Takes an order from a list, or one that was read by itself.
  void learn(Order order);

  /// Adds the id of an order to find: it replaced one that was meant.
  void expect(const OrderId& order) { orders_.try_emplace(order); }

  /// Marks the order as meant, alive or not: its replacement is then meant, too.
  void mean(const OrderId& order) { meant_.insert(order); }

  /// Removes an order that turned out not to be meant.
  void drop(const OrderId& order) { orders_.erase(order); }

  /// Record the result of a cancel, or of a failed read.
  void cancelAccepted(const OrderId& order);
  void cancelFailed(const OrderId& order, Error error);
  void unreadable(const OrderId& order, Error error);

  [[nodiscard]] bool knows(const OrderId& order) const { return orders_.count(order) > 0; }

  /// True when the order is known, or has replaced a known one.
  [[nodiscard]] bool concerns(const Order& order) const;

  /// Orders that are alive and have no cancel in progress.
  [[nodiscard]] std::vector<OrderId> toCancel() const;

  /// Orders that may or may not have ended.
  [[nodiscard]] std::vector<OrderId> unresolved() const;

  /// True when an order was replaced and nothing shows by which.
  [[nodiscard]] bool hasLostReplacement() const;

  /// True when a cancel of any order, also of a removed one, was accepted or may have been applied.
  [[nodiscard]] bool mayHaveCanceled() const noexcept { return mayHaveCanceled_; }

  [[nodiscard]] std::size_t found() const noexcept { return orders_.size(); }
  [[nodiscard]] std::size_t alive() const noexcept;

  /// Sorts the orders into the lists of the report.
  void report(AccountReport& account) const;

 private:
  enum class Place { Unresolved, Alive, Ended };
  struct Known {
    Place place = Place::Unresolved;
    std::optional<Order> order{};
    std::optional<Error> cancelError{};
    std::optional<Error> readError{};
    bool maybeCanceled = false;  // a cancel may have been applied
  };

  std::map<OrderId, Known> orders_;
  bool mayHaveCanceled_ = false;
  std::unordered_set<OrderId> meant_;  // meant, but not recorded in `orders_`
};

}  // namespace alpaca::broker::workflows

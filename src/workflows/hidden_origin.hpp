#pragma once

#include "workflows/sweep_ledger.hpp"

#include <alpaca/broker/kill_switch.hpp>

#include <optional>
#include <unordered_set>
#include <vector>

namespace alpaca::broker::workflows {

/// Finds live orders that may belong to the prefix although their own client order id does not begin with it. The
/// broker made up that id. The lists do not show which order they replaced, or belong to as a leg.
class HiddenOrigin {
 public:
  explicit HiddenOrigin(const KillSwitchOptions& options) : options_(options) {}

  /// Forgets the lists of the previous look.
  void reset();

  /// Notes the orders of a list. Does nothing without a prefix.
  void note(const std::vector<Order>& orders);

  /// True when such an order is alive. Call it after the ledger has taken all lists.
  [[nodiscard]] bool leavesDoubt(const SweepLedger& ledger) const;

 private:
  struct Candidate {
    OrderId id;
    std::optional<OrderId> replaces{};
    bool isOfGroup = false;
  };

  void noteOne(const Order& order, const Order* parent);

  const KillSwitchOptions& options_;
  std::vector<Candidate> candidates_;
  std::unordered_set<OrderId> listed_;
  std::unordered_set<OrderId> legs_;
  std::unordered_set<OrderId> legsOfOthers_;  // of orders that have another client order id and replaced nothing
  bool hidesLegs_ = false;  // a listed order with the prefix belongs to a group, and its legs are not shown
};

}  // namespace alpaca::broker::workflows

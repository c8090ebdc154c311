#include "workflows/hidden_origin.hpp"

#include "workflows/sweep_orders.hpp"

#include <algorithm>

namespace alpaca::broker::workflows {
namespace {

// The broker makes up the client order ids of all members of such a group but the first.
bool isOfGroup(const Order& order) {
  return order.orderClass == "bracket" || order.orderClass == "oco" || order.orderClass == "oto";
}

}  // namespace

void HiddenOrigin::reset() {
  candidates_.clear();
  listed_.clear();
  legs_.clear();
  hidesLegs_ = false;
}

void HiddenOrigin::note(const std::vector<Order>& orders) {
  if (!options_.clientOrderIdPrefix) return;
  for (const Order& order : orders) noteOne(order, false);
}

void HiddenOrigin::noteOne(const Order& order, bool isLeg) {
  listed_.insert(order.id);
  if (isLeg) legs_.insert(order.id);
  const bool lacksLegs = !isLeg && order.legs.empty() && isOfGroup(order);
  if (hasPrefix(order, options_)) {
    hidesLegs_ = hidesLegs_ || lacksLegs;
  } else if (!order.status.isFinal() && mayBeMeant(order, options_) && (order.replaces || lacksLegs)) {
    candidates_.push_back({order.id, order.replaces, lacksLegs});
  }
  for (const Order& leg : order.legs) noteOne(leg, true);
}

bool HiddenOrigin::leavesDoubt(const SweepLedger& ledger) const {
  return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& one) {
    if (ledger.knows(one.id)) return false;
    const bool isReplacement = one.replaces && listed_.count(*one.replaces) == 0;
    return isReplacement || (one.isOfGroup && hidesLegs_ && legs_.count(one.id) == 0);
  });
}

}  // namespace alpaca::broker::workflows

#include "workflows/hidden_origin.hpp"

#include "model/order_match.hpp"
#include "workflows/sweep_orders.hpp"

#include <algorithm>

namespace alpaca::broker::workflows {

void HiddenOrigin::reset() {
  candidates_.clear();
  listed_.clear();
  legs_.clear();
  legsOfOthers_.clear();
  hidesLegs_ = false;
}

void HiddenOrigin::note(const std::vector<Order>& orders) {
  if (!options_.clientOrderIdPrefix) return;
  for (const Order& order : orders) noteOne(order, nullptr);
}

void HiddenOrigin::noteOne(const Order& order, const Order* parent) {
  listed_.insert(order.id);
  if (parent != nullptr) legs_.insert(order.id);
  if (parent != nullptr && !parent->replaces && !hasPrefix(*parent, options_)) legsOfOthers_.insert(order.id);
  const bool lacksLegs = parent == nullptr && order.legs.empty() && model::isOfGroup(order);
  const auto& replaces = parent != nullptr ? parent->replaces : order.replaces;  // a leg has its parent's origin
  if (hasPrefix(order, options_)) {
    hidesLegs_ = hidesLegs_ || (lacksLegs && order.status.kind() != OrderStatus::Rejected);
  } else if (!order.status.isFinal() && mayBeMeant(order, options_) && (replaces || lacksLegs)) {
    candidates_.push_back({order.id, replaces, lacksLegs});
  }
  for (const Order& leg : order.legs) noteOne(leg, &order);
}

bool HiddenOrigin::leavesDoubt(const SweepLedger& ledger) const {
  return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& one) {
    if (ledger.knows(one.id) || legsOfOthers_.count(one.id) > 0) return false;
    const bool isReplacement = one.replaces && listed_.count(*one.replaces) == 0;
    return isReplacement || (one.isOfGroup && hidesLegs_ && legs_.count(one.id) == 0);
  });
}

}  // namespace alpaca::broker::workflows

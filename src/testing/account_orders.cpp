#include "testing/account_orders.hpp"

#include "model/order_match.hpp"
#include "testing/id_key.hpp"
#include "testing/order_states.hpp"

#include <utility>

namespace alpaca::broker::testing {
namespace {

bool isGroup(const Order& order) { return !order.legs.empty() && model::isOfGroup(order); }

bool takesCancel(const OrderEntry& entry) { return !entry.refusesCancel && isCancelable(entry.order.status); }

void beginCancel(OrderEntry& entry, const Moment& now, std::optional<std::chrono::milliseconds> cancelTakes) {
  enter(entry.order, "pending_cancel", now.wall);
  if (cancelTakes) {
    entry.settlesAt = Moment{now.wall + *cancelTakes, now.steady + *cancelTakes};
  } else if (entry.fillsDuringCancel) {
    entry.settlesAt = now;  // a fill does not wait until the cancel settles
  }
}

bool isDue(const OrderEntry& entry, const Moment& now) {
  return entry.settlesAt && now.steady >= entry.settlesAt->steady;
}

}  // namespace

OrderEntry& AccountOrders::put(OrderEntry entry) {
  std::string key = idKey(entry.order.id.str());
  entry.number = ++added_;
  keyOfClientId_[entry.order.clientOrderId] = key;
  if (!entry.group.empty()) groups_[entry.group].insert(key);
  return entries_.insert_or_assign(std::move(key), std::move(entry)).first->second;
}

void AccountOrders::insert(Order order) {
  OrderEntry entry{std::move(order)};
  if (isGroup(entry.order)) entry.group = idKey(entry.order.id.str());
  entry.isExit = entry.order.orderClass == OrderClass::Oco;  // the order itself is the take-profit, its leg the stop-loss
  std::vector<Order> legs = std::exchange(entry.order.legs, {});
  insertLegs(put(std::move(entry)), std::move(legs));
}

void AccountOrders::insertLegs(OrderEntry& parent, std::vector<Order> legs) {
  for (Order& leg : legs) {
    complete(leg, parent.order.submittedAt->time);
    parent.legs.push_back(leg.id);
    OrderEntry entry{std::move(leg)};
    entry.isLeg = true;
    entry.group = parent.group;
    entry.isExit = true;
    std::vector<Order> deeper = std::exchange(entry.order.legs, {});
    insertLegs(put(std::move(entry)), std::move(deeper));
  }
}

void AccountOrders::insertInPlaceOf(const OrderEntry& replaced, Order order) {
  OrderEntry entry{std::move(order)};
  entry.isLeg = replaced.isLeg;
  entry.group = replaced.group;
  entry.isExit = replaced.isExit;
  put(std::move(entry));
}

OrderEntry* AccountOrders::find(std::string_view id) {
  const auto found = entries_.find(idKey(id));
  return found == entries_.end() ? nullptr : &found->second;
}

const OrderEntry* AccountOrders::find(std::string_view id) const {
  const auto found = entries_.find(idKey(id));
  return found == entries_.end() ? nullptr : &found->second;
}

const OrderEntry* AccountOrders::findByClientId(const std::string& clientOrderId) const {
  const auto key = keyOfClientId_.find(clientOrderId);
  if (clientOrderId.empty() || key == keyOfClientId_.end()) return nullptr;
  // The order's client order id may have changed since.
  const OrderEntry* const entry = find(key->second);
  return entry != nullptr && entry->order.clientOrderId == clientOrderId ? entry : nullptr;
}

// Calls `act` with the order and all others of its group.
template <class Act>
void AccountOrders::forGroup(const OrderEntry& entry, Act act) {
  const auto group = groups_.find(entry.group);
  if (group == groups_.end()) return act(*find(entry.order.id.str()));
  for (const std::string& key : group->second) {
    OrderEntry* const member = find(key);
    if (member->group == group->first) act(*member);  // not if the test has replaced it by another order
  }
}

CancelVerdict AccountOrders::cancel(OrderEntry& entry, const Moment& now,
                                    std::optional<std::chrono::milliseconds> cancelTakes) {
  if (!takesCancel(entry)) return {false, entry.order};
  forGroup(entry, [&](OrderEntry& member) {
    // guard: the mock ends a group with any of its orders
    if (takesCancel(member)) beginCancel(member, now, cancelTakes);
  });
  return {true, entry.order};
}

void AccountOrders::fill(OrderEntry& entry, WallTime when) {
  enter(entry.order, "filled", when);
  entry.settlesAt.reset();
  if (!entry.isExit) return;
  forGroup(entry, [&](OrderEntry& member) {
    if (!member.isExit || member.order.status.isFinal()) return;
    enter(member.order, "canceled", when);
    member.settlesAt.reset();
  });
}

void AccountOrders::settle(OrderEntry& entry, WallTime when) {
  entry.settlesAt.reset();
  if (std::exchange(entry.fillsDuringCancel, false)) return fill(entry, when);
  enter(entry.order, "canceled", when);
}

void AccountOrders::settleDue(OrderEntry& entry, const Moment& now) {
  forGroup(entry, [&](OrderEntry& member) {
    if (isDue(member, now)) settle(member, member.settlesAt->wall);
  });
}

void AccountOrders::settleCancels(const Moment& now) {
  for (auto& [key, entry] : entries_) {
    settleDue(entry, now);
    if (entry.order.status.kind() == OrderStatus::PendingCancel) settle(entry, now.wall);
  }
}

Order AccountOrders::withLegs(OrderEntry& entry, const Moment& now) {
  settleDue(entry, now);
  Order whole = entry.order;
  for (const OrderId& leg : entry.legs) {
    OrderEntry* const found = find(leg.str());
    if (found != nullptr) whole.legs.push_back(withLegs(*found, now));
  }
  return whole;
}

}  // namespace alpaca::broker::testing

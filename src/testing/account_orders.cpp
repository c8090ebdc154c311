#include "testing/account_orders.hpp"

#include "model/order_match.hpp"
#include "testing/order_states.hpp"

#include <utility>

namespace alpaca::broker::testing {
namespace {

bool isGroup(const Order& order) { return !order.legs.empty() && model::isOfGroup(order); }

bool takesCancel(const OrderEntry& entry) { return !entry.refusesCancel && isCancelable(entry.order.status); }

void beginCancel(OrderEntry& entry, WallTime now, std::optional<std::chrono::milliseconds> cancelTakes) {
  enter(entry.order, "pending_cancel", now);
  if (cancelTakes) {
    entry.settlesAt = now + *cancelTakes;
  } else if (entry.fillsDuringCancel) {
    entry.settlesAt = now;  // a fill does not wait until the cancel settles
  }
}

}  // namespace

OrderEntry& AccountOrders::put(OrderEntry entry) {
  const OrderId id = entry.order.id;
  entry.number = ++added_;
  idOfClientId_.insert_or_assign(entry.order.clientOrderId, id);
  if (entry.group) groups_[*entry.group].insert(id);
  return entries_.insert_or_assign(id, std::move(entry)).first->second;
}

void AccountOrders::insert(Order order) {
  OrderEntry entry{std::move(order)};
  if (isGroup(entry.order)) entry.group = entry.order.id;
  entry.isExit =
      entry.order.orderClass == OrderClass::Oco;  // the order itself is the take-profit, its leg the stop-loss
  insertWithLegs(std::move(entry));
}

void AccountOrders::insertWithLegs(OrderEntry entry) {
  std::vector<Order> legs = std::exchange(entry.order.legs, {});
  OrderEntry& parent = put(std::move(entry));
  for (Order& leg : legs) {
    complete(leg, parent.order.submittedAt->time);
    parent.legs.push_back(leg.id);
    insertWithLegs({std::move(leg), {}, /*isLeg=*/true, parent.group, /*isExit=*/true});
  }
}

void AccountOrders::insertInPlaceOf(const OrderEntry& replaced, Order order) {
  put({std::move(order), {}, replaced.isLeg, replaced.group, replaced.isExit});
}

OrderEntry* AccountOrders::find(const OrderId& id) {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second;
}

OrderEntry* AccountOrders::findByClientId(const std::string& clientOrderId) {
  const auto id = idOfClientId_.find(clientOrderId);
  if (clientOrderId.empty() || id == idOfClientId_.end()) return nullptr;
  // The order's client order id may have changed since.
  OrderEntry* const entry = find(id->second);
  return entry->order.clientOrderId == clientOrderId ? entry : nullptr;
}

// Calls `act` with the order and all others of its group.
template <class Act>
void AccountOrders::forGroup(OrderEntry& entry, Act act) {
  if (!entry.group) return act(entry);
  for (const OrderId& id : groups_.at(*entry.group)) {
    OrderEntry& member = *find(id);
    if (member.group == entry.group) act(member);  // not if the test has replaced it by another order
  }
}

CancelVerdict AccountOrders::cancel(OrderEntry& entry, WallTime now,
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

void AccountOrders::settleDue(OrderEntry& entry, WallTime now) {
  forGroup(entry, [&](OrderEntry& member) {
    if (member.settlesAt && now >= *member.settlesAt) settle(member, *member.settlesAt);
  });
}

void AccountOrders::settleCancels(WallTime now) {
  for (auto& [id, entry] : entries_) {
    settleDue(entry, now);
    if (entry.order.status.kind() == OrderStatus::PendingCancel) settle(entry, now);
  }
}

Order AccountOrders::withLegs(OrderEntry& entry, WallTime now) {
  settleDue(entry, now);
  Order whole = entry.order;
  for (const OrderId& leg : entry.legs) {
    whole.legs.push_back(withLegs(*find(leg), now));
  }
  return whole;
}

}  // namespace alpaca::broker::testing

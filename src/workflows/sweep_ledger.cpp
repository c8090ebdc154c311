#include "workflows/sweep_ledger.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::workflows {

void SweepLedger::beginLook() {
  for (auto& [id, known] : orders_) {
    // guard: a kill switch loses no order that vanishes
    if (known.place == Place::Alive) known.place = Place::Unresolved;
  }
}

void SweepLedger::learn(Order order) {
  // The order continues under another id, which the lists may not show yet.
  // guard: a replacement does not escape the prefix
  if (order.replacedBy && *order.replacedBy != order.id) expect(*order.replacedBy);
  Known& known = orders_[order.id];
  known.place = order.status.isFinal() ? Place::Ended : Place::Alive;
  known.order = std::move(order);
}

void SweepLedger::cancelAccepted(const OrderId& order) {
  Known& known = orders_[order];
  known.cancelError.reset();
  known.maybeCanceled = mayHaveCanceled_ = true;  // whatever a later cancel comes to
}

void SweepLedger::cancelFailed(const OrderId& order, Error error) {
  Known& known = orders_[order];
  known.maybeCanceled = known.maybeCanceled || error.maybeApplied;
  mayHaveCanceled_ = mayHaveCanceled_ || error.maybeApplied;
  // guard: doubt about one order of a kill switch is sticky
  error.maybeApplied = known.maybeCanceled;
  known.cancelError = std::move(error);
}

void SweepLedger::unreadable(const OrderId& order, Error error) { orders_[order].readError = std::move(error); }

bool SweepLedger::concerns(const Order& order) const {
  const auto isMeant = [&](const OrderId& id) { return knows(id) || meant_.count(id) > 0; };
  return isMeant(order.id) || (order.replaces && isMeant(*order.replaces));
}

bool SweepLedger::hasLostReplacement() const {
  std::unordered_set<OrderId> replaced;
  for (const auto& [id, known] : orders_) {
    if (known.order && known.order->replaces) replaced.insert(*known.order->replaces);
  }
  return std::any_of(orders_.begin(), orders_.end(), [&](const auto& entry) {
    const auto& order = entry.second.order;
    return order && order->status.kind() == OrderStatus::Replaced && !order->replacedBy &&
           replaced.count(order->id) == 0;
  });
}

std::vector<OrderId> SweepLedger::toCancel() const {
  std::vector<OrderId> ids;
  for (const auto& [id, known] : orders_) {
    if (known.place == Place::Alive && known.order->status.kind() != OrderStatus::PendingCancel) ids.push_back(id);
  }
  return ids;
}

std::vector<OrderId> SweepLedger::unresolved() const {
  std::vector<OrderId> ids;
  for (const auto& [id, known] : orders_) {
    if (known.place == Place::Unresolved) ids.push_back(id);
  }
  return ids;
}

std::size_t SweepLedger::alive() const noexcept {
  return static_cast<std::size_t>(std::count_if(orders_.begin(), orders_.end(),
                                                [](const auto& entry) { return entry.second.place == Place::Alive; }));
}

void SweepLedger::report(AccountReport& account) const {
  for (const auto& [id, known] : orders_) {
    if (known.place == Place::Alive) {
      account.stillOpen.push_back({*known.order, known.cancelError});
    } else if (known.place == Place::Unresolved) {
      account.unknown.push_back({id, known.readError ? known.readError : known.cancelError});
      // guard: an order that cannot be read keeps the doubt of its cancel
      if (auto& error = account.unknown.back().error; error && known.maybeCanceled && !error->maybeApplied) {
        error->maybeApplied = true;
        error->message += " A cancel of the order may have taken effect.";
      }
    } else if (known.order->status.kind() == OrderStatus::Canceled) {
      account.canceled.push_back(*known.order);
    } else if (known.order->status.kind() == OrderStatus::Filled) {
      account.filled.push_back(*known.order);
    } else {
      account.expiredOrReplaced.push_back(*known.order);
    }
  }
}

}  // namespace alpaca::broker::workflows

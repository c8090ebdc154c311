#include "features/sweep_ledger.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::features {

void SweepLedger::look(std::vector<Order> open) {
  for (auto& [id, known] : orders_) {
    if (known.place == Place::Open) known.place = Place::Vanished;
  }
  for (Order& order : open) {
    Known& known = orders_[order.id];
    known.place = order.status.isFinal() ? Place::Ended : Place::Open;
    known.order = std::move(order);
  }
}

void SweepLedger::cancelAccepted(const OrderId& order) { orders_[order].cancelError.reset(); }

void SweepLedger::cancelFailed(const OrderId& order, Error error) { orders_[order].cancelError = std::move(error); }

void SweepLedger::ended(Order order) {
  const auto found = orders_.find(order.id);
  if (found == orders_.end() || found->second.place == Place::Open) return;
  found->second.place = Place::Ended;
  found->second.order = std::move(order);
}

void SweepLedger::read(Order order) {
  Known& known = orders_[order.id];
  known.place = order.status.isFinal() ? Place::Ended : Place::Open;
  known.order = std::move(order);
}

void SweepLedger::unreadable(const OrderId& order, Error error) { orders_[order].readError = std::move(error); }

std::vector<OrderId> SweepLedger::toCancel() const {
  std::vector<OrderId> ids;
  for (const auto& [id, known] : orders_) {
    if (known.place == Place::Open && known.order->status.state() != OrderState::PendingCancel) ids.push_back(id);
  }
  return ids;
}

std::vector<OrderId> SweepLedger::vanished() const {
  std::vector<OrderId> ids;
  for (const auto& [id, known] : orders_) {
    if (known.place == Place::Vanished) ids.push_back(id);
  }
  return ids;
}

std::size_t SweepLedger::open() const noexcept {
  return static_cast<std::size_t>(std::count_if(orders_.begin(), orders_.end(),
                                                [](const auto& entry) { return entry.second.place == Place::Open; }));
}

void SweepLedger::report(AccountKill& account) const {
  for (const auto& [id, known] : orders_) {
    if (known.place == Place::Open) {
      account.stillOpen.push_back({*known.order, known.cancelError});
    } else if (known.place == Place::Vanished) {
      account.unknown.push_back({id, known.readError ? known.readError : known.cancelError});
    } else if (known.order->status.state() == OrderState::Canceled) {
      account.canceled.push_back(*known.order);
    } else if (known.order->status.state() == OrderState::Filled) {
      account.filled.push_back(*known.order);
    } else {
      account.endedOtherwise.push_back(*known.order);
    }
  }
}

}  // namespace alpaca::broker::features

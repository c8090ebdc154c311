#include "features/sweep_orders.hpp"

#include "core/order_match.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace alpaca::broker::features {
namespace {

struct Listed {
  Order order;
  bool isMeant = false;
  bool isTaken = false;
};

bool hasPrefix(const Order& order, const KillSwitchOptions& options) {
  const auto& prefix = options.clientOrderIdPrefix;
  return !prefix || order.clientOrderId.compare(0, prefix->size(), *prefix) == 0;
}

// Each order, and each of its legs as an order of its own: a leg that is alive must not hide behind its order. What
// does not match by side and symbol is left out, whatever its client order id or what it has replaced.
void flatten(std::vector<Listed>& into, std::vector<Order> orders, const OrderFilter& filter,
             const KillSwitchOptions& options, bool groupHasPrefix) {
  for (Order& order : orders) {
    const bool isMeant = groupHasPrefix || hasPrefix(order, options);
    std::vector<Order> legs = order.legs;
    if (core::matches(order, filter)) into.push_back({std::move(order), isMeant});
    flatten(into, std::move(legs), filter, options, isMeant);
  }
}

std::vector<Listed> flattened(std::vector<Order> orders, const KillSwitchOptions& options) {
  OrderFilter filter;
  filter.side = options.side;
  filter.symbols = options.symbols;
  std::vector<Listed> all;
  all.reserve(orders.size());
  flatten(all, std::move(orders), filter, options, false);
  return all;
}

// Takes what is meant, and then what that has led to, until nothing is left to take.
template <class Take>
void takeConcerned(std::vector<Listed>& all, const SweepLedger& ledger, Take take) {
  for (bool more = true; more;) {
    more = false;
    for (Listed& one : all) {
      if (one.isTaken || !(one.isMeant || ledger.concerns(one.order))) continue;
      one.isTaken = more = true;
      take(one.order);
    }
  }
}

// The orders of one list by their ids.
class ById {
 public:
  explicit ById(const std::vector<Listed>& all) {
    for (const Listed& one : all) orders_.emplace(one.order.id, &one.order);
  }

  // Goes from a replaced order to the one that lives on, or that this list does not show.
  void follow(const Order& replaced, SweepLedger& ledger) const {
    const Order* order = &replaced;
    for (std::size_t steps = 0; order->replacedBy && steps <= orders_.size(); ++steps) {
      const OrderId& successor = *order->replacedBy;
      if (ledger.knows(successor)) return;
      const auto found = orders_.find(successor);
      if (found == orders_.end()) return ledger.expect(successor);
      order = found->second;
      if (!order->status.isFinal()) return ledger.learn(*order);
    }
  }

 private:
  std::unordered_map<OrderId, const Order*> orders_;
};

}  // namespace

bool isUndecided(const std::vector<Order>& orders, const KillSwitchOptions& options) {
  OrderFilter filter;
  filter.side = options.side;
  filter.symbols = options.symbols;
  return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
    const bool lacksId =
        options.clientOrderIdPrefix && (order.clientOrderId.empty() || core::isUnreadable(order, "client_order_id"));
    return !order.status.isFinal() && (lacksId || core::isUndecided(order, filter));
  });
}

OrderFilter sweepFilter(const KillSwitchOptions& options, OrderFilter::Status part) {
  OrderFilter filter;
  filter.status = part;
  filter.nested = options.clientOrderIdPrefix.has_value();
  if (part == OrderFilter::Status::Closed && options.closedLookBack) {
    filter.after = std::chrono::system_clock::now() - *options.closedLookBack;
  }
  return filter;
}

void takeOpen(SweepLedger& ledger, std::vector<Order> orders, bool isAll, const KillSwitchOptions& options) {
  std::vector<Listed> all = flattened(std::move(orders), options);
  ledger.look({}, isAll);
  takeConcerned(all, ledger, [&](const Order& order) {
    if (!order.status.isFinal() || ledger.knows(order.id)) ledger.learn(order);
  });
}

void takeClosed(SweepLedger& ledger, std::vector<Order> orders, const KillSwitchOptions& options) {
  std::vector<Listed> all = flattened(std::move(orders), options);
  const ById byId(all);
  const bool isByPrefix = options.clientOrderIdPrefix.has_value();
  takeConcerned(all, ledger, [&](const Order& order) {
    const bool isReplaced = order.status.state() == OrderState::Replaced;
    const bool isLost = isByPrefix && isReplaced && !order.replacedBy;
    if (!order.status.isFinal() || ledger.knows(order.id) || isLost) {
      ledger.learn(order);
    } else if (isByPrefix && isReplaced) {
      byId.follow(order, ledger);
    }
  });
}

}  // namespace alpaca::broker::features

#include "workflows/sweep_orders.hpp"

#include "model/order_match.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

struct Listed {
  Order order;
  bool isMeant = false;
  bool isSelected = false;  // by side, symbol and time
  bool isTaken = false;
};

// The filter by side, symbols and times, without the prefix.
OrderFilter selection(const KillSwitchOptions& options) {
  OrderFilter filter;
  filter.side = options.side;
  filter.symbols = options.symbols;
  // guard: a kill switch by age leaves other orders alone
  filter.submittedBefore = options.submittedBefore;
  filter.submittedAfter = options.submittedAfter;
  return filter;
}

// Lists each order and each of its legs separately: a live leg must not hide behind its order.
void flatten(std::vector<Listed>& into, std::vector<Order> orders, const OrderFilter& filter,
             const KillSwitchOptions& options, bool groupHasPrefix) {
  for (Order& order : orders) {
    const bool isMeant = groupHasPrefix || hasPrefix(order, options);
    std::vector<Order> legs = order.legs;
    into.push_back({std::move(order), isMeant});
    into.back().isSelected = model::matches(into.back().order, filter);
    // guard: a leg nested in its order is not missed
    flatten(into, std::move(legs), filter, options, isMeant);
  }
}

std::vector<Listed> flattened(std::vector<Order> orders, const KillSwitchOptions& options) {
  const OrderFilter filter = selection(options);
  std::vector<Listed> all;
  all.reserve(orders.size());
  flatten(all, std::move(orders), filter, options, false);
  return all;
}

// Takes the orders that are meant, then their replacements, until nothing new turns up.
template <class Take>
void takeConcerned(std::vector<Listed>& all, SweepLedger& ledger, Take take) {
  for (bool more = true; more;) {
    more = false;
    // Starts with the oldest order: one round then takes a whole chain of replacements.
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
      // guard: a kill switch takes one strategy's orders only
      if (one->isTaken || !(one->isMeant || ledger.concerns(one->order))) continue;
      one->isTaken = more = true;
      ledger.mean(one->order.id);
      // guard: the legs of a replaced bracket do not escape the prefix
      for (const Order& leg : one->order.legs) ledger.mean(leg.id);
      if (one->order.replacedBy) ledger.mean(*one->order.replacedBy);
      // An order of another side, symbol or time only leads to others.
      if (one->isSelected) take(one->order);
    }
  }
}

// True when the order, or one of its legs, is alive and may or may not be selected.
bool hasUndecided(const Order& order, const OrderFilter& filter) {
  return (!order.status.isFinal() && model::isUndecided(order, filter)) ||
         // guard: a leg that lacks what the filter needs is not missed
         std::any_of(order.legs.begin(), order.legs.end(), [&](const Order& leg) { return hasUndecided(leg, filter); });
}

}  // namespace

bool hasPrefix(const Order& order, const KillSwitchOptions& options) {
  const auto& prefix = options.clientOrderIdPrefix;
  return !prefix || order.clientOrderId.compare(0, prefix->size(), *prefix) == 0;
}

bool mayBeMeant(const Order& order, const KillSwitchOptions& options) {
  const OrderFilter filter = selection(options);
  return model::matches(order, filter) || model::isUndecided(order, filter);
}

bool isUndecided(const std::vector<Order>& orders, const KillSwitchOptions& options) {
  const OrderFilter filter = selection(options);
  return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
    const bool lacksId =
        options.clientOrderIdPrefix && (order.clientOrderId.empty() || model::isUnreadable(order, "client_order_id"));
    return (!order.status.isFinal() && lacksId) || hasUndecided(order, filter);
  });
}

OrderFilter sweepFilter(const KillSwitchOptions& options, OrderFilter::Status part) {
  OrderFilter filter;
  filter.status = part;
  filter.nested = options.clientOrderIdPrefix.has_value();
  if (part == OrderFilter::Status::Closed && options.closedLookBack) {
    const UtcTime now = std::chrono::system_clock::now();
    // guard: the look back begins where the filter ends
    filter.submittedAfter = std::clamp(options.submittedBefore.value_or(now), UtcTime(), now) - *options.closedLookBack;
  }
  return filter;
}

void takeOpen(SweepLedger& ledger, std::vector<Order> orders, bool isAll, const KillSwitchOptions& options) {
  std::vector<Listed> all = flattened(std::move(orders), options);
  if (isAll) ledger.beginLook();
  takeConcerned(all, ledger, [&](const Order& order) {
    if (!order.status.isFinal() || ledger.knows(order.id)) ledger.learn(order);
  });
}

void takeClosed(SweepLedger& ledger, std::vector<Order> orders, const KillSwitchOptions& options) {
  std::vector<Listed> all = flattened(std::move(orders), options);
  const bool isByPrefix = options.clientOrderIdPrefix.has_value();
  std::unordered_set<OrderId> listed;
  if (isByPrefix) std::for_each(all.begin(), all.end(), [&](const Listed& one) { listed.insert(one.order.id); });
  takeConcerned(all, ledger, [&](const Order& order) {
    const bool isLost = order.status.kind() == OrderStatus::Replaced && !order.replacedBy;
    const bool endsKnown = order.replaces && ledger.knows(*order.replaces);
    if (!order.status.isFinal() || ledger.knows(order.id) || (isByPrefix && (isLost || endsKnown))) {
      ledger.learn(order);
    } else if (isByPrefix && order.replacedBy) {
      // The replacement is meant. If this list shows it, a later step of this loop takes it.
      // guard: an earlier replacement does not escape the prefix
      ledger.mean(*order.replacedBy);
      if (listed.count(*order.replacedBy) == 0) ledger.expect(*order.replacedBy);
    }
  });
}

}  // namespace alpaca::broker::workflows

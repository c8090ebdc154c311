#include "testing/order_book.hpp"

#include "testing/order_list.hpp"
#include "testing/order_states.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace alpaca::broker::testing {

OrderBook::OrderBook(Clock clock, std::optional<std::chrono::milliseconds> cancelTakes)
    : clock_(std::move(clock)), cancelTakes_(cancelTakes) {}

void OrderBook::addAccount(const AccountId& account) { accounts_[account.str()]; }

void OrderBook::add(const AccountId& account, const OrderId& order, const std::string& status) {
  if (find(account, order.str())) {
    setStatus(account, order, status);
  } else {
    add(account, plausibleOrder(order, status, now().wall));
  }
}

void OrderBook::add(const AccountId& account, Order order) {
  complete(order, now().wall);
  insert(accounts_[account.str()], std::move(order), false);
}

void OrderBook::insert(Account& account, Order order, bool isLeg) {
  Entry entry{std::move(order)};
  entry.number = ++added_;
  for (Order& leg : std::exchange(entry.order.legs, {})) {
    complete(leg, entry.order.submittedAt->time);
    entry.legs.push_back(leg.id);
    insert(account, std::move(leg), true);
  }
  entry.isLeg = isLeg;
  account.idOfClientId[entry.order.clientOrderId] = entry.order.id.str();
  const std::string id = entry.order.id.str();
  account.orders.insert_or_assign(id, std::move(entry));
}

void OrderBook::settleCancels() {
  const Moment present = now();
  for (auto& [accountId, account] : accounts_) {
    for (auto& [id, entry] : account.orders) {
      settleWhatIsDue(entry, present);
      if (entry.order.status.state() == OrderState::PendingCancel) settle(entry, present.wall);
    }
  }
}

void OrderBook::setStatus(const AccountId& account, const OrderId& order, const std::string& status) {
  const Moment present = now();
  Entry& entry = entryOf(account, order, present);
  enter(entry.order, status, present.wall);
  entry.settlesAt.reset();
}

bool OrderBook::fill(const AccountId& account, const OrderId& order, const std::optional<Decimal>& quantity) {
  const Moment present = now();
  Entry& entry = entryOf(account, order, present);
  if (entry.order.status.isFinal()) return false;
  if (quantity) {
    fillPartly(entry.order, *quantity, present.wall);
  } else {
    enter(entry.order, "filled", present.wall);
    entry.settlesAt.reset();
  }
  return true;
}

bool OrderBook::replace(const AccountId& account, const OrderId& order, const OrderId& by) {
  const Moment present = now();
  Entry& entry = entryOf(account, order, present);
  if (find(account, by.str())) throw std::invalid_argument("MockBroker::replaceOrder: the new id is taken");
  if (entry.order.status.isFinal()) return false;
  Order fresh = replacement(entry.order, by, present.wall);
  enter(entry.order, "replaced", present.wall);
  entry.order.replacedBy = by;
  entry.settlesAt.reset();
  insert(accountOf(account), std::move(fresh), entry.isLeg);
  return true;
}

void OrderBook::fillDuringCancel(const AccountId& account, const OrderId& order) {
  entryOf(account, order, now()).fillsDuringCancel = true;
}

void OrderBook::refuseCancel(const AccountId& account, const OrderId& order) {
  entryOf(account, order, now()).refusesCancel = true;
}

Order OrderBook::order(const AccountId& account, const OrderId& order) {
  const Moment present = now();
  return withLegs(accountOf(account), entryOf(account, order, present), present);
}

bool OrderBook::knows(const AccountId& account) const { return accounts_.count(account.str()) != 0; }

std::optional<OrderId> OrderBook::find(const AccountId& account, std::string_view order) const {
  const auto known = accounts_.find(account.str());
  if (known == accounts_.end()) return std::nullopt;
  const auto found = known->second.orders.find(order);
  if (found == known->second.orders.end()) return std::nullopt;
  return found->second.order.id;
}

std::optional<OrderId> OrderBook::findByClientId(const AccountId& account, const std::string& clientOrderId) const {
  const auto known = accounts_.find(account.str());
  if (known == accounts_.end()) return std::nullopt;
  const auto found = known->second.idOfClientId.find(clientOrderId);
  if (clientOrderId.empty() || found == known->second.idOfClientId.end()) return std::nullopt;
  // The order may have been given another id of the client's since.
  const auto order = known->second.orders.find(found->second);
  if (order == known->second.orders.end() || order->second.order.clientOrderId != clientOrderId) return std::nullopt;
  return order->second.order.id;
}

CancelVerdict OrderBook::cancel(const AccountId& account, const OrderId& order) {
  const Moment present = now();
  Entry& entry = entryOf(account, order, present);
  if (entry.refusesCancel || !isCancelable(entry.order.status)) return {false, entry.order};
  enter(entry.order, "pending_cancel", present.wall);
  if (cancelTakes_) {
    entry.settlesAt = Moment{present.wall + *cancelTakes_, present.steady + *cancelTakes_};
  } else if (entry.fillsDuringCancel) {
    entry.settlesAt = present;  // a fill does not wait for anybody to settle the cancel
  }
  return {true, entry.order};
}

std::vector<Order> OrderBook::list(const AccountId& account, const OrderFilter& filter) {
  const Moment present = now();
  Account& known = accountOf(account);
  std::vector<Listed> rows;
  for (auto& [id, entry] : known.orders) {
    settleWhatIsDue(entry, present);
    if (filter.nested && entry.isLeg) continue;
    if (passes(entry.order, filter)) rows.push_back({&entry.order, entry.number});
  }
  arrange(rows, filter);
  std::vector<Order> orders;
  orders.reserve(rows.size());
  for (const Listed& row : rows) {
    orders.push_back(filter.nested ? withLegs(known, known.orders.at(row.order->id.str()), present) : *row.order);
  }
  return orders;
}

Moment OrderBook::now() {
  Moment present = clock_();
  last_ = std::max(present.wall, last_ + std::chrono::nanoseconds(1));
  present.wall = last_;
  return present;
}

OrderBook::Account& OrderBook::accountOf(const AccountId& account) {
  const auto known = accounts_.find(account.str());
  if (known == accounts_.end()) throw std::out_of_range("MockBroker: there is no account " + account.str());
  return known->second;
}

OrderBook::Entry& OrderBook::entryOf(const AccountId& account, const OrderId& order, const Moment& now) {
  auto& orders = accountOf(account).orders;
  const auto known = orders.find(order.str());
  if (known == orders.end()) throw std::out_of_range("MockBroker: the account has no order " + order.str());
  settleWhatIsDue(known->second, now);
  return known->second;
}

void OrderBook::settle(Entry& entry, WallTime when) {
  enter(entry.order, std::exchange(entry.fillsDuringCancel, false) ? "filled" : "canceled", when);
  entry.settlesAt.reset();
}

void OrderBook::settleWhatIsDue(Entry& entry, const Moment& now) {
  if (entry.settlesAt && now.steady >= entry.settlesAt->steady) settle(entry, entry.settlesAt->wall);
}

Order OrderBook::withLegs(Account& account, Entry& entry, const Moment& now) {
  settleWhatIsDue(entry, now);
  Order whole = entry.order;
  for (const OrderId& leg : entry.legs) {
    const auto found = account.orders.find(leg.str());
    if (found != account.orders.end()) whole.legs.push_back(withLegs(account, found->second, now));
  }
  return whole;
}

}  // namespace alpaca::broker::testing

#include "testing/order_book.hpp"

#include "testing/order_states.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace alpaca::broker::testing {

OrderBook::OrderBook(Clock clock, std::optional<std::chrono::milliseconds> cancelTakes)
    : clock_(std::move(clock)), cancelTakes_(cancelTakes) {}

void OrderBook::addAccount(const AccountId& account) { accounts_[account]; }

void OrderBook::add(const AccountId& account, const OrderId& order, const std::string& status) {
  if (find(account, order.str())) {
    setStatus(account, order, status);
  } else {
    accounts_[account].insert(plausibleOrder(order, status, timeOfSubmission()));
  }
}

void OrderBook::add(const AccountId& account, Order order) {
  complete(order, timeOfSubmission());
  accounts_[account].insert(std::move(order));
}

void OrderBook::settleCancels() {
  const WallTime present = clock_();
  for (auto& [id, account] : accounts_) account.settleCancels(present);
}

void OrderBook::setStatus(const AccountId& account, const OrderId& order, const std::string& status) {
  const WallTime present = clock_();
  OrderEntry& entry = entryOf(account, order, present);
  enter(entry.order, status, present);
  entry.settlesAt.reset();
}

bool OrderBook::fill(const AccountId& account, const OrderId& order, const std::optional<Decimal>& quantity) {
  const WallTime present = clock_();
  OrderEntry& entry = entryOf(account, order, present);
  if (entry.order.status.isFinal()) return false;
  if (quantity) {
    fillPartly(entry.order, *quantity, present);
  } else {
    accountOf(account).fill(entry, present);
  }
  return true;
}

bool OrderBook::replace(const AccountId& account, const OrderId& order, const OrderId& by) {
  const WallTime present = clock_();
  OrderEntry& entry = entryOf(account, order, present);
  if (find(account, by.str())) throw std::invalid_argument("MockBroker::replaceOrder: the new id is taken");
  if (entry.order.status.isFinal()) return false;
  Order fresh = replacement(entry.order, by, timeOfSubmission());
  enter(entry.order, "replaced", present);
  entry.order.replacedBy = by;
  entry.settlesAt.reset();
  accountOf(account).insertInPlaceOf(entry, std::move(fresh));
  return true;
}

void OrderBook::fillDuringCancel(const AccountId& account, const OrderId& order) {
  entryOf(account, order, clock_()).fillsDuringCancel = true;
}

void OrderBook::refuseCancel(const AccountId& account, const OrderId& order) {
  entryOf(account, order, clock_()).refusesCancel = true;
}

Order OrderBook::order(const AccountId& account, const OrderId& order) {
  const WallTime present = clock_();
  return accountOf(account).withLegs(entryOf(account, order, present), present);
}

std::optional<OrderId> OrderBook::find(const AccountId& account, std::string_view order) {
  const auto id = OrderId::parse(order);
  const bool isKnown = id && knows(account) && accountOf(account).find(*id) != nullptr;
  return isKnown ? std::make_optional(*id) : std::nullopt;
}

std::optional<OrderId> OrderBook::findByClientId(const AccountId& account, const std::string& clientOrderId) {
  const OrderEntry* const entry = accountOf(account).findByClientId(clientOrderId);
  return entry == nullptr ? std::nullopt : std::make_optional(entry->order.id);
}

CancelVerdict OrderBook::cancel(const AccountId& account, const OrderId& order) {
  const WallTime present = clock_();
  OrderEntry& entry = entryOf(account, order, present);
  return accountOf(account).cancel(entry, present, cancelTakes_);
}

std::vector<CancelVerdict> OrderBook::cancelAll(const AccountId& account) {
  std::vector<CancelVerdict> verdicts;
  for (const Order& listed : list(account, {})) {
    CancelVerdict verdict = cancel(account, listed.id);
    // Or its group was canceled together with another order.
    const bool went = isCancelable(listed.status) && !isCancelable(verdict.order.status);
    verdict.accepted = verdict.accepted || went;
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

std::vector<Order> OrderBook::list(const AccountId& account, const ListQuery& query) {
  const WallTime present = clock_();
  AccountOrders& known = accountOf(account);
  for (auto& [id, entry] : known.entries()) known.settleDue(entry, present);
  std::vector<OrderEntry*> rows;
  for (auto& [id, entry] : known.entries()) {
    if (query.nested && entry.isLeg) continue;
    if (passes(entry.order, query)) rows.push_back(&entry);
  }
  arrange(rows, query);
  std::vector<Order> orders;
  orders.reserve(rows.size());
  for (OrderEntry* const row : rows) orders.push_back(query.nested ? known.withLegs(*row, present) : row->order);
  return orders;
}

WallTime OrderBook::timeOfSubmission() {
  const WallTime present = clock_();
  const bool wentBack = present < lastLook_;  // the test has set the clock
  lastLook_ = present;
  lastSubmission_ = wentBack ? present : std::max(present, lastSubmission_ + std::chrono::nanoseconds(1));
  return lastSubmission_;
}

AccountOrders& OrderBook::accountOf(const AccountId& account) {
  const auto known = accounts_.find(account);
  if (known == accounts_.end()) throw std::out_of_range("MockBroker: there is no account " + account.str());
  return known->second;
}

OrderEntry& OrderBook::entryOf(const AccountId& account, const OrderId& order, WallTime now) {
  AccountOrders& known = accountOf(account);
  OrderEntry* const entry = known.find(order);
  if (entry == nullptr) throw std::out_of_range("MockBroker: the account has no order " + order.str());
  known.settleDue(*entry, now);
  return *entry;
}

}  // namespace alpaca::broker::testing

#include "model/order_match.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace alpaca::broker::model {
namespace {

// Removes the next significant character from the symbol and returns it. Returns 0 at the end.
char takeNext(std::string_view& symbol) noexcept {
  while (!symbol.empty() && symbol.front() == '/') symbol.remove_prefix(1);
  if (symbol.empty()) return '\0';
  const char next = base::lowerCase(symbol.front());
  symbol.remove_prefix(1);
  return next;
}

bool hasTimes(const OrderFilter& filter) noexcept { return filter.submittedAfter || filter.submittedBefore; }

bool isInTime(const Order& order, const OrderFilter& filter) noexcept {
  const auto time = timeOf(order);
  return time && (!filter.submittedAfter || *time > *filter.submittedAfter) &&
         (!filter.submittedBefore || *time < *filter.submittedBefore);
}

}  // namespace

bool isUnreadable(const Order& order, std::string_view field) noexcept {
  return std::any_of(order.unreadable.begin(), order.unreadable.end(),
                     [&](const UnreadableField& unreadable) { return unreadable.name == field; });
}

std::optional<UtcTime> timeOf(const Order& order) noexcept {
  if (!order.submittedAt || !order.submittedAt->readable) return std::nullopt;
  return order.submittedAt->time;
}

std::string_view lackOf(const Order& order, const OrderFilter& filter) noexcept {
  const bool isPlain = order.orderClass != OrderClass::MultiLeg && order.legs.empty();
  const bool lacksSide = isUnreadable(order, "side") || (order.side == OrderSide::Unknown && isPlain);
  const bool lacksSymbol = isUnreadable(order, "symbol") || (order.symbol.empty() && isPlain);
  if (filter.side && lacksSide) return "side";
  if (filter.symbols && lacksSymbol) return "symbol";
  // guard: an order without a time is not skipped by age
  return hasTimes(filter) && !timeOf(order) ? "time of submission" : "";
}

bool isInPart(const OrderStatus& status, OrderFilter::Status part) noexcept {
  switch (part) {
    case OrderFilter::Status::Open:
      return !status.isFinal();
    case OrderFilter::Status::Closed:
      return status.isFinal() || status.kind() == OrderStatus::Held;
    case OrderFilter::Status::All:
      break;
  }
  return true;
}

bool isOfSide(const Order& order, OrderSide::Kind side) noexcept {
  switch (order.side.kind()) {
    case OrderSide::Buy:
    case OrderSide::BuyMinus:
      return side == OrderSide::Buy;
    case OrderSide::Sell:
    case OrderSide::SellPlus:
    case OrderSide::SellShort:
    case OrderSide::SellShortExempt:
      return side == OrderSide::Sell;
    default:
      return false;
  }
}

bool isSameSymbol(std::string_view a, std::string_view b) noexcept {
  for (bool isText = false;; isText = true) {
    const char next = takeNext(a);
    if (next != takeNext(b)) return false;
    if (next == '\0') return isText;  // two empty symbols are not the same
  }
}

bool isForAnyOf(const Order& order, const std::vector<std::string>& symbols) noexcept {
  const auto isFor = [&](const Order& one) {
    return std::any_of(symbols.begin(), symbols.end(),
                       [&](const std::string& symbol) { return isSameSymbol(symbol, one.symbol); });
  };
  return isFor(order) || std::any_of(order.legs.begin(), order.legs.end(), isFor);
}

bool matches(const Order& order, const OrderFilter& filter) noexcept {
  // guard: a filter by symbol is applied to the answer, too
  // guard: a filter by side is applied to the answer, too
  return (!filter.side || isOfSide(order, filter.side->kind())) &&
         (!filter.symbols || isForAnyOf(order, *filter.symbols)) &&
         // guard: a filter by time is applied to the answer, too
         (!hasTimes(filter) || isInTime(order, filter));
}

}  // namespace alpaca::broker::model

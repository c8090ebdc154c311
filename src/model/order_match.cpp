#include "model/order_match.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

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

bool isKnownSide(std::string_view word) noexcept {
  constexpr std::array<std::string_view, 9> kSides{"buy",         "buy_minus",  "sell",
                                                   "sell_plus",   "sell_short", "sell_short_exempt",
                                                   "undisclosed", "cross",      "cross_short"};
  return std::find(kSides.begin(), kSides.end(), word) != kSides.end();
}

}  // namespace

bool isUnreadable(const Order& order, std::string_view field) noexcept {
  return std::any_of(order.unreadable.begin(), order.unreadable.end(),
                     [&](const UnreadableField& unreadable) { return unreadable.name == field; });
}

bool isUndecided(const Order& order, const OrderFilter& filter) noexcept {
  const bool isPlain = order.orderClass != "mleg" && order.legs.empty();
  const bool lacksSide = isUnreadable(order, "side") || (!isKnownSide(order.side) && isPlain);
  const bool lacksSymbol = isUnreadable(order, "symbol") || (order.symbol.empty() && isPlain);
  return (filter.side && lacksSide) || (filter.symbols && lacksSymbol);
}

bool isInPart(const OrderStatus& status, OrderFilter::Status part) noexcept {
  switch (part) {
    case OrderFilter::Status::Open:
      return !status.isFinal();
    case OrderFilter::Status::Closed:
      return status.isFinal() || status.state() == OrderState::Held;
    case OrderFilter::Status::All:
      break;
  }
  return true;
}

bool isOfSide(const Order& order, OrderSide side) noexcept {
  const std::string& word = order.side;
  if (side == OrderSide::Buy) return word == "buy" || word == "buy_minus";
  return word == "sell" || word == "sell_plus" || word == "sell_short" || word == "sell_short_exempt";
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
  return (!filter.side || isOfSide(order, *filter.side)) && (!filter.symbols || isForAnyOf(order, *filter.symbols));
}

}  // namespace alpaca::broker::model

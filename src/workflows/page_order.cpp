#include "workflows/page_order.hpp"

#include <algorithm>

namespace alpaca::broker::workflows {
namespace {

using model::Nanotime;
using Direction = OrderFilter::Direction;
using std::chrono::nanoseconds;

// How far the second moment lies behind the first one against the sort direction.
nanoseconds stepBack(Nanotime first, Nanotime second, Direction direction) noexcept {
  return direction == Direction::OldestFirst ? first - second : second - first;
}

}  // namespace

const Order* lastWithTime(const std::vector<Order>& orders) noexcept {
  const auto found = std::find_if(orders.rbegin(), orders.rend(), [](const Order& order) { return timeOf(order); });
  return found == orders.rend() ? nullptr : &*found;
}

std::optional<Nanotime> latest(const std::vector<Order>& orders) noexcept {
  std::optional<Nanotime> latest;
  for (const Order& order : orders) {
    if (const auto time = timeOf(order); time && (!latest || *time > *latest)) latest = time;
  }
  return latest;
}

nanoseconds disorderOf(const std::vector<Order>& orders, Direction direction) noexcept {
  nanoseconds max{0};
  std::optional<Nanotime> furthest;
  for (const Order& order : orders) {
    const auto time = timeOf(order);
    if (!time) continue;
    const nanoseconds back = furthest ? stepBack(*furthest, *time, direction) : nanoseconds(0);
    max = std::max(max, back);
    if (!furthest || back < nanoseconds(0)) furthest = time;
  }
  return max;
}

bool isAmong(const std::vector<Order>& orders, const OrderId& id) noexcept {
  return std::any_of(orders.begin(), orders.end(), [&](const Order& order) { return order.id == id; });
}

void sortBySubmission(std::vector<Order>& orders, Direction direction) {
  std::stable_sort(orders.begin(), orders.end(), [&](const Order& a, const Order& b) {
    const auto first = timeOf(a);
    const auto second = timeOf(b);
    if (!first || !second) return first.has_value() && !second;
    return direction == Direction::OldestFirst ? *first < *second : *second < *first;
  });
}

Direction opposite(Direction direction) noexcept {
  return direction == Direction::OldestFirst ? Direction::NewestFirst : Direction::OldestFirst;
}

}  // namespace alpaca::broker::workflows

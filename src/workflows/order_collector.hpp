#pragma once

#include "model/order_match.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/list_orders.hpp"
#include "workflows/page_order.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace alpaca::broker::workflows {

/// Collects the orders of one list from its pages. It keeps each order that passes the filter once.
class OrderCollector {
 public:
  explicit OrderCollector(const ListRequest& request) : request_(request), filter_(request.filter) {}

  /// Counts a request, and the page that it returned.
  void note(const Result<endpoints::list_orders::Page>& page) {
    add(list_.call, page.call());
    list_.call.elapsed = page.call().elapsed;
    if (!page) return;
    ++list_.pages;
    // Unreadable entries make the list an error in the end. Reading goes on for the sake of the readable ones.
    // guard: an unreadable entry makes a list an error
    if (page->unreadable > 0) fail(std::to_string(page->unreadable) + " entries are not orders with an id");
  }

  /// Takes the orders of a page, until the list is long enough.
  /// @return false when the page held no new order
  bool take(const std::vector<Order>& orders) {
    const std::size_t before = seen_.size();
    for (const Order& order : orders) {
      if (isLongEnough()) break;
      // guard: no order is listed twice across two pages
      if (!seen_.insert(order.id).second) {
        if (!order.status.isFinal()) keepAlive(order);
      } else if (passes(order)) {
        list_.orders.push_back(order);
      }
    }
    return seen_.size() > before;
  }

  [[nodiscard]] bool isLongEnough() const { return filter_.limit && list_.orders.size() >= *filter_.limit; }
  [[nodiscard]] bool hasSeenAny() const { return !seen_.empty(); }

  /// True when one of these orders from the end of the list is new. Ignores orders newer than the first look at that
  /// end: new ones could arrive for ever.
  bool hasOther(const std::vector<Order>& orders) {
    if (filter_.direction == OrderFilter::Direction::OldestFirst && !horizon_) horizon_ = latest(orders);
    return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
      const auto time = timeOf(order);
      return seen_.count(order.id) == 0 && (!time || !horizon_ || *time <= *horizon_);
    });
  }

  /// Makes the list an error.
  void fail(Error error) { list_.error = std::move(error); }
  void fail(const std::string& why) {
    Error error;
    error.kind = ErrorKind::UnexpectedResponse;
    error.message = "The list of orders cannot be read in full: " + why + ". ";
    error.message.append(request_.advice(error));
    error.call = list_.call;
    list_.error = std::move(error);
  }

  OrderList finish() { return std::move(list_); }

 private:
  // When an order is listed twice, keeps the copy that is alive.
  void keepAlive(const Order& order) {
    for (Order& known : list_.orders) {
      if (known.id == order.id && known.status.isFinal()) known = order;
    }
  }

  bool passes(const Order& order) {
    // guard: a filter by status is applied to the answer, too
    if (!model::isInPart(order.status, request_.passed.value_or(filter_.status))) return false;
    const std::string_view lack = model::lackOf(order, filter_);
    if (lack.empty()) return model::matches(order, filter_);
    fail("an order has no readable " + std::string(lack) + ", which the filter needs");
    return true;
  }

  const ListRequest& request_;
  const OrderFilter& filter_;
  std::unordered_set<OrderId> seen_;
  std::optional<model::Nanotime> horizon_;  // the latest moment that the first look at the end showed
  OrderList list_;
};

}  // namespace alpaca::broker::workflows

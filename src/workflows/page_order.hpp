#pragma once

#include "model/order_match.hpp"
#include "model/timestamp.hpp"

#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <chrono>
#include <optional>
#include <vector>

/// Pure functions about the sequence of orders in a list.
namespace alpaca::broker::workflows {

using model::timeOf;

/// Returns the last order with a readable time of submission; null when there is none.
const Order* lastWithTime(const std::vector<Order>& orders) noexcept;

/// Returns the latest time of submission among the orders.
std::optional<model::Nanotime> latest(const std::vector<Order>& orders) noexcept;

/// Returns the largest step back in time against this sort direction; 0 when the list is sorted.
std::chrono::nanoseconds disorderOf(const std::vector<Order>& orders, OrderFilter::Direction direction) noexcept;

bool isAmong(const std::vector<Order>& orders, const OrderId& id) noexcept;

/// Sorts the orders by time of submission. Orders without one follow the others, in their old sequence.
void sortBySubmission(std::vector<Order>& orders, OrderFilter::Direction direction);

OrderFilter::Direction opposite(OrderFilter::Direction direction) noexcept;

}  // namespace alpaca::broker::workflows

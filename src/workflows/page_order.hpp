#pragma once

#include "model/timestamp.hpp"

#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <chrono>
#include <optional>
#include <vector>

/// How the orders of a list follow each other: pure functions.
namespace alpaca::broker::workflows {

/// When the order was submitted; nothing when that is missing or cannot be read.
std::optional<model::Nanotime> timeOf(const Order& order) noexcept;

/// The last of them whose time of submission is known; null when there is none.
const Order* lastWithTime(const std::vector<Order>& orders) noexcept;

/// The latest time of submission among them.
std::optional<model::Nanotime> latest(const std::vector<Order>& orders) noexcept;

/// By how much an order comes too late in a list that is to be sorted in this direction; 0 when all is in order.
std::chrono::nanoseconds disorderOf(const std::vector<Order>& orders, OrderFilter::Direction direction) noexcept;

bool isAmong(const std::vector<Order>& orders, const OrderId& id) noexcept;

/// Orders without a time keep their places behind the others.
void sortBySubmission(std::vector<Order>& orders, OrderFilter::Direction direction);

OrderFilter::Direction opposite(OrderFilter::Direction direction) noexcept;

}  // namespace alpaca::broker::workflows

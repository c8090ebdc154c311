#include "workflows/distinct_orders.hpp"

#include "support/numbered_ids.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace alpaca::broker::workflows {
namespace {

using test::accountNumber;
using test::orderNumber;

std::vector<std::size_t> firstOfEach(const std::vector<OrderRef>& orders) {
  DistinctOrders distinct(orders.size(), [&](std::size_t i) -> const OrderRef& { return orders[i]; });
  std::vector<std::size_t> firsts;
  for (std::size_t i = 0; i < orders.size(); ++i) firsts.push_back(distinct.add(i));
  return firsts;
}

TEST(DistinctOrders, AreTheSameOfTheSameAccountOnly) {
  const OrderRef one{accountNumber(1), orderNumber(1, 1)};
  const OrderRef other{accountNumber(2), orderNumber(1, 1)};
  const OrderRef next{accountNumber(1), orderNumber(1, 2)};
  EXPECT_EQ(firstOfEach({one, other, one, next, other, one}), (std::vector<std::size_t>{0, 1, 0, 3, 1, 0}));
  EXPECT_EQ(firstOfEach({}), std::vector<std::size_t>{});
  EXPECT_EQ(firstOfEach({one}), std::vector<std::size_t>{0});
}

TEST(DistinctOrders, AreFoundAmongMany) {
  std::vector<OrderRef> orders;
  std::vector<std::size_t> firsts;
  for (std::size_t i = 0; i < 10'000; ++i) {
    const std::size_t number = i % 7'000;
    orders.push_back({accountNumber(1), orderNumber(1, static_cast<int>(number))});
    firsts.push_back(number);
  }
  EXPECT_EQ(firstOfEach(orders), firsts);
}

}  // namespace
}  // namespace alpaca::broker::workflows

#include "model/order_match.hpp"

#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::model {
namespace {

using Symbols = std::vector<std::string>;

Order orderOf(const std::string& side, const std::string& symbol) {
  Order order{test::order()};
  order.side = OrderSide(side);
  order.symbol = symbol;
  return order;
}

struct SideRow {
  const char* name;
  const char* word;
  bool isBuy;
  bool isSell;
};

class SideOf : public ::testing::TestWithParam<SideRow> {};

TEST_P(SideOf, IsReadFromTheBrokersWord) {
  const Order order = orderOf(GetParam().word, "AAPL");
  EXPECT_EQ(isOfSide(order, OrderSide::Buy), GetParam().isBuy);
  EXPECT_EQ(isOfSide(order, OrderSide::Sell), GetParam().isSell);
}

INSTANTIATE_TEST_SUITE_P(All, SideOf,
                         ::testing::Values(SideRow{"Buy", "buy", true, false}, SideRow{"Sell", "sell", false, true},
                                           SideRow{"BuyMinus", "buy_minus", true, false},
                                           SideRow{"SellPlus", "sell_plus", false, true},
                                           SideRow{"SellShort", "sell_short", false, true},
                                           SideRow{"SellShortExempt", "sell_short_exempt", false, true},
                                           SideRow{"None", "", false, false}, SideRow{"Cross", "cross", false, false},
                                           SideRow{"OtherCase", "BUY", false, false}),
                         test::kByName);

TEST(SymbolOfAnOrder, IsTheSameInAnyCaseAndWithoutItsSlash) {
  EXPECT_TRUE(isSameSymbol("BTC/USD", "btcusd"));
  EXPECT_TRUE(isSameSymbol("AAPL", "AAPL"));
  EXPECT_FALSE(isSameSymbol("AAPL", "AAP"));
  EXPECT_FALSE(isSameSymbol("BRK.B", "BRKB"));
  EXPECT_FALSE(isSameSymbol("", ""));
  EXPECT_FALSE(isSameSymbol("/", ""));
}

TEST(SymbolOfAnOrder, CanBeThatOfALeg) {
  Order order = orderOf("", "");
  EXPECT_FALSE(isForAnyOf(order, Symbols{"AAPL"}));
  order.legs.push_back(orderOf("buy", "AAPL250620C00100000"));
  EXPECT_TRUE(isForAnyOf(order, Symbols{"MSFT", "AAPL250620C00100000"}));
  EXPECT_FALSE(isForAnyOf(order, Symbols{"MSFT"}));
}

TEST(FilterOfOrders, KnowsWhenAnOrderDoesNotSayWhetherItIsMeant) {
  OrderFilter bySide;
  bySide.side = OrderSide::Sell;
  OrderFilter bySymbol;
  bySymbol.symbols = Symbols{"AAPL"};
  for (const char* word : {"", "SELL", "true"}) EXPECT_TRUE(isUndecided(orderOf(word, "AAPL"), bySide)) << word;
  for (const char* word : {"sell", "buy", "cross", "undisclosed"}) {
    EXPECT_FALSE(isUndecided(orderOf(word, "AAPL"), bySide)) << word;
  }
  EXPECT_TRUE(isUndecided(orderOf("sell", ""), bySymbol));
  EXPECT_FALSE(isUndecided(orderOf("", "AAPL"), bySymbol));
  EXPECT_FALSE(isUndecided(orderOf("", ""), OrderFilter{}));
  Order unreadable = orderOf("sell", R"(["AAPL"])");
  unreadable.unreadable.push_back({"symbol", unreadable.symbol});
  EXPECT_TRUE(isUndecided(unreadable, bySymbol));
  Order multiLeg = orderOf("", "");
  multiLeg.orderClass = OrderClass::MultiLeg;
  EXPECT_FALSE(isUndecided(multiLeg, bySide));
}

constexpr UtcTime kNoon{std::chrono::hours(12)};

Order submittedAt(UtcTime time) {
  Order order = orderOf("buy", "AAPL");
  order.submittedAt = Timestamp{time, ""};
  return order;
}

TEST(FilterOfOrders, KeepsItsTimesExclusive) {
  OrderFilter before;
  before.submittedBefore = kNoon;
  OrderFilter after;
  after.submittedAfter = kNoon;
  const std::chrono::nanoseconds tick(1);
  EXPECT_TRUE(matches(submittedAt(kNoon - tick), before));
  EXPECT_FALSE(matches(submittedAt(kNoon), before));
  EXPECT_FALSE(matches(submittedAt(kNoon), after));
  EXPECT_TRUE(matches(submittedAt(kNoon + tick), after));
}

TEST(FilterOfOrders, KnowsWhenAnOrderDoesNotSayWhenItWasSubmitted) {
  OrderFilter before;
  before.submittedBefore = kNoon;
  OrderFilter after;
  after.submittedAfter = kNoon;
  Order unreadable = submittedAt(kNoon);
  unreadable.submittedAt->readable = false;
  for (const OrderFilter& filter : {before, after}) {
    for (const Order& order : {unreadable, orderOf("buy", "AAPL")}) {
      EXPECT_EQ(lackOf(order, filter), "time of submission");
      EXPECT_FALSE(matches(order, filter));
    }
    EXPECT_FALSE(isUndecided(submittedAt(kNoon), filter));
  }
  EXPECT_FALSE(isUndecided(unreadable, OrderFilter{}));
}

struct PartRow {
  const char* name;
  const char* status;
  bool isOpen;
  bool isClosed;
};

class PartOf : public ::testing::TestWithParam<PartRow> {};

TEST_P(PartOf, FollowsFromTheStatus) {
  const OrderStatus status(GetParam().status);
  EXPECT_EQ(isInPart(status, OrderFilter::Status::Open), GetParam().isOpen);
  EXPECT_EQ(isInPart(status, OrderFilter::Status::Closed), GetParam().isClosed);
  EXPECT_TRUE(isInPart(status, OrderFilter::Status::All));
}

INSTANTIATE_TEST_SUITE_P(All, PartOf,
                         ::testing::Values(PartRow{"New", "new", true, false}, PartRow{"Filled", "filled", false, true},
                                           PartRow{"Replaced", "replaced", false, true},
                                           PartRow{"Held", "held", true, true},
                                           PartRow{"DoneForDay", "done_for_day", true, false},
                                           PartRow{"Unknown", "tomorrow", true, false}),
                         test::kByName);

}  // namespace
}  // namespace alpaca::broker::model

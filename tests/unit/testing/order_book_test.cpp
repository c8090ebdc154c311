// Longer than 200 lines: one list of independent tests of one class.
#include "testing/order_book.hpp"

#include "support/ids.hpp"
#include "unit/testing/manual_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace alpaca::broker::testing {
namespace {

using namespace std::chrono_literals;
using test::account;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const OrderId kOrder = test::order("o1");

class OrderBookTest : public ::testing::Test {
 protected:
  Order now(const OrderId& id = kOrder) { return book.order(account(), id); }
  std::string status(const OrderId& id = kOrder) { return now(id).status.str(); }
  bool cancel(const OrderId& id = kOrder) { return book.cancel(account(), id).accepted; }
  void add(const char* status, const OrderId& id = kOrder) { book.add(account(), id, status); }

  std::vector<std::string> listed(const ListQuery& filter) {
    std::vector<std::string> ids;
    for (const Order& order : book.list(account(), filter)) ids.push_back(order.id.str());
    return ids;
  }

  test::ManualClock time;
  OrderBook book{time.clock(), std::nullopt};
  OrderBook settling{time.clock(), 2s};
};

Order bracket() {
  Order parent{kOrder, "AAPL"};
  parent.submittedAt = Timestamp{WallTime(100s), {}};
  parent.legs = {Order{test::order("stop"), "AAPL"}, Order{test::order("target"), "AAPL"}};
  return parent;
}

TEST_F(OrderBookTest, MakesUpPlausibleDetails) {
  add("new");
  const Order order = now();
  EXPECT_EQ(order.symbol, "AAPL");
  EXPECT_EQ(order.side, "buy");
  EXPECT_EQ(order.type, "limit");
  EXPECT_EQ(order.qty->str(), "10");
  EXPECT_EQ(order.filledQty.str(), "0");
  EXPECT_TRUE(order.limitPrice);
  EXPECT_EQ(order.clientOrderId, "client-o1");
  EXPECT_EQ(order.submittedAt->time, time.now());
  EXPECT_FALSE(order.submittedAt->text.empty());
  EXPECT_TRUE(order.createdAt && order.updatedAt);
}

TEST_F(OrderBookTest, MakesUpQuantitiesThatFitTheStatus) {
  add("filled");
  EXPECT_EQ(now().filledQty.str(), "10");
  EXPECT_TRUE(now().filledAt);
  add("partially_filled", test::order("o2"));
  EXPECT_EQ(now(test::order("o2")).filledQty.str(), "4");
  EXPECT_FALSE(now(test::order("o2")).filledAt);
}

TEST_F(OrderBookTest, KeepsAnOrderAsItWasGiven) {
  Order given{kOrder, "MSFT", "mine", OrderStatus::Held, OrderSide::Sell};
  given.submittedAt = Timestamp{WallTime(100s), "1970-01-01T01:01:40+01:00"};
  given.notional = Decimal("99.90");
  book.add(account(), given);
  const Order order = now();
  EXPECT_EQ(order.symbol, "MSFT");
  EXPECT_EQ(order.status.kind(), OrderStatus::Held);
  EXPECT_EQ(order.submittedAt->text, "1970-01-01T01:01:40+01:00");
  EXPECT_EQ(order.createdAt->time, WallTime(100s));
  EXPECT_EQ(order.notional->str(), "99.90");
  EXPECT_FALSE(order.qty);
  EXPECT_EQ(order.filledQty.str(), "0");
}

TEST_F(OrderBookTest, KnowsTheTimeOfATextAlone) {
  Order given{kOrder, "MSFT"};
  given.submittedAt = Timestamp{{}, "1970-01-01T01:01:40+01:00"};
  book.add(account(), given);
  EXPECT_EQ(now().submittedAt->time, WallTime(100s));
  EXPECT_EQ(status(), "new");
}

TEST_F(OrderBookTest, LeavesACancelPendingUntilItIsSettled) {
  add("new");
  ASSERT_TRUE(cancel());
  time.pass(24h);
  EXPECT_EQ(status(), "pending_cancel");
  EXPECT_TRUE(now().cancelRequestedAt);
  EXPECT_FALSE(now().canceledAt);
  book.settleCancels();
  EXPECT_EQ(status(), "canceled");
  EXPECT_GT(now().canceledAt->time, now().cancelRequestedAt->time);
  EXPECT_EQ(now().updatedAt->time, now().canceledAt->time);
}

TEST_F(OrderBookTest, LetsACancelTakeEffectWhenItsTimeHasCome) {
  settling.add(account(), kOrder, "new");
  ASSERT_TRUE(settling.cancel(account(), kOrder).accepted);
  time.pass(2s - 1ns);
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "pending_cancel");
  time.pass(1ns);
  const Order order = settling.order(account(), kOrder);
  EXPECT_EQ(order.status.str(), "canceled");
  EXPECT_EQ(order.canceledAt->time - order.cancelRequestedAt->time, 2s);
}

TEST_F(OrderBookTest, SaysWhatWasAcceptedBeforeACancelWithoutDelayTakesEffect) {
  OrderBook prompt{time.clock(), 0ms};
  prompt.add(account(), kOrder, "new");
  EXPECT_EQ(prompt.cancel(account(), kOrder).order.status.str(), "pending_cancel");
  EXPECT_EQ(prompt.order(account(), kOrder).status.str(), "canceled");
}

TEST_F(OrderBookTest, SettlesOnlyCancelsThatItAccepted) {
  settling.add(account(), kOrder, "pending_cancel");
  time.pass(24h);
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "pending_cancel");
  settling.settleCancels();
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "canceled");
}

TEST_F(OrderBookTest, FillsWhatIsOpenAndNothingElse) {
  add("new");
  EXPECT_TRUE(book.fill(account(), kOrder, std::nullopt));
  EXPECT_EQ(status(), "filled");
  EXPECT_EQ(now().filledQty.str(), "10");
  EXPECT_TRUE(now().filledAt && now().filledAvgPrice);
  EXPECT_FALSE(book.fill(account(), kOrder, std::nullopt));
  add("canceled");
  EXPECT_FALSE(book.fill(account(), kOrder, Decimal("1")));
  EXPECT_EQ(status(), "canceled");
}

TEST_F(OrderBookTest, FillsInPart) {
  add("new");
  EXPECT_TRUE(book.fill(account(), kOrder, Decimal("2.5")));
  EXPECT_EQ(status(), "partially_filled");
  EXPECT_EQ(now().filledQty.str(), "2.5");
}

TEST_F(OrderBookTest, APartialFillLeavesACancelPending) {
  settling.add(account(), kOrder, "new");
  settling.cancel(account(), kOrder);
  const auto requested = settling.order(account(), kOrder).cancelRequestedAt->time;
  time.pass(1s);
  settling.fill(account(), kOrder, Decimal("3"));
  Order order = settling.order(account(), kOrder);
  EXPECT_EQ(order.status.str(), "pending_cancel");
  EXPECT_EQ(order.filledQty.str(), "3");
  EXPECT_EQ(order.cancelRequestedAt->time, requested);
  time.pass(1s);
  order = settling.order(account(), kOrder);
  EXPECT_EQ(order.status.str(), "canceled");
  EXPECT_EQ(order.filledQty.str(), "3");
}

TEST_F(OrderBookTest, AFillDuringACancelEndsTheCancel) {
  settling.add(account(), kOrder, "new");
  settling.cancel(account(), kOrder);
  EXPECT_TRUE(settling.fill(account(), kOrder, std::nullopt));
  time.pass(24h);
  settling.settleCancels();
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "filled");
}

TEST_F(OrderBookTest, AFillComesTooLateForACancelWhoseTimeHasCome) {
  settling.add(account(), kOrder, "new");
  settling.cancel(account(), kOrder);
  time.pass(2s);
  EXPECT_FALSE(settling.fill(account(), kOrder, std::nullopt));
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "canceled");
}

TEST_F(OrderBookTest, AnArmedFillWinsTheRace) {
  add("new");
  book.fillDuringCancel(account(), kOrder);
  EXPECT_EQ(status(), "new");
  ASSERT_TRUE(cancel());
  EXPECT_EQ(status(), "filled");
  EXPECT_EQ(now().filledQty.str(), "10");
  EXPECT_FALSE(now().canceledAt);
}

TEST_F(OrderBookTest, AnArmedFillTakesAsLongAsTheCancelWould) {
  settling.add(account(), kOrder, "new");
  settling.fillDuringCancel(account(), kOrder);
  ASSERT_TRUE(settling.cancel(account(), kOrder).accepted);
  time.pass(1s);
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "pending_cancel");
  time.pass(1s);
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "filled");
}

TEST_F(OrderBookTest, ReplacesAnOpenOrderByANewOne) {
  add("partially_filled");
  time.pass(1s);
  const OrderId next = test::order("o2");
  ASSERT_TRUE(book.replace(account(), kOrder, next));
  EXPECT_EQ(status(), "replaced");
  EXPECT_EQ(now().replacedBy, next);
  EXPECT_TRUE(now().replacedAt);
  EXPECT_EQ(status(next), "new");
  EXPECT_EQ(now(next).replaces, kOrder);
  EXPECT_EQ(now(next).symbol, "AAPL");
  EXPECT_EQ(now(next).filledQty.str(), "0");
  EXPECT_GE(now(next).submittedAt->time, now().submittedAt->time + 1s);
  EXPECT_FALSE(now(next).replacedAt);
  EXPECT_EQ(book.findByClientId(account(), "client-o2"), next);
}

TEST_F(OrderBookTest, DoesNotReplaceWhatIsFinalNorByWhatIsThere) {
  add("filled");
  add("new", test::order("o2"));
  EXPECT_FALSE(book.replace(account(), kOrder, test::order("o3")));
  EXPECT_FALSE(book.find(account(), "o3"));
  EXPECT_THROW(book.replace(account(), kOrder, test::order("o2")), std::invalid_argument);
  EXPECT_EQ(status(test::order("o2")), "new");
}

TEST_F(OrderBookTest, RefusesCancelsWhenTold) {
  add("new");
  book.refuseCancel(account(), kOrder);
  EXPECT_FALSE(cancel());
  EXPECT_EQ(status(), "new");
}

TEST_F(OrderBookTest, SetsAnyStatusWithItsTime) {
  settling.add(account(), kOrder, "new");
  settling.cancel(account(), kOrder);
  settling.setStatus(account(), kOrder, "rejected");
  time.pass(24h);
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "rejected");
  EXPECT_TRUE(settling.order(account(), kOrder).failedAt);
  settling.setStatus(account(), kOrder, "expired");
  EXPECT_TRUE(settling.order(account(), kOrder).expiredAt);
  settling.setStatus(account(), kOrder, "new");
  EXPECT_EQ(settling.order(account(), kOrder).status.str(), "new");
  EXPECT_THROW(settling.setStatus(account(), kOrder, ""), std::invalid_argument);
}

TEST_F(OrderBookTest, GivesEachOrderALaterTimeOfSubmission) {
  const auto submitted = [&](const char* id) { return now(test::order(id)).submittedAt->time; };
  add("new", test::order("o1"));
  add("new", test::order("o2"));
  book.replace(account(), test::order("o1"), test::order("o3"));
  EXPECT_EQ(submitted("o1"), time.now());
  EXPECT_LT(submitted("o1"), submitted("o2"));
  EXPECT_LT(submitted("o2"), submitted("o3"));
  time.pass(-24h);  // the test has set the clock back
  add("new", test::order("o4"));
  EXPECT_EQ(submitted("o4"), time.now());
}

TEST_F(OrderBookTest, DatesAllElseExactlyByTheClock) {
  settling.add(account(), test::order("other"), "new");
  settling.add(account(), kOrder, "new");
  settling.cancel(account(), kOrder);
  const WallTime requested = time.now();
  time.pass(2s);
  const Order order = settling.order(account(), kOrder);
  EXPECT_EQ(order.cancelRequestedAt->time, requested);
  EXPECT_EQ(order.canceledAt->time, requested + 2s);
}

TEST_F(OrderBookTest, FindsByTheClientsIdOfToday) {
  add("new");
  EXPECT_EQ(book.findByClientId(account(), "client-o1"), kOrder);
  EXPECT_FALSE(book.findByClientId(account(), "client-o2"));
  EXPECT_FALSE(book.findByClientId(account(), ""));
  book.add(account(), Order{kOrder, "AAPL", "renamed"});
  EXPECT_EQ(book.findByClientId(account(), "renamed"), kOrder);
  EXPECT_FALSE(book.findByClientId(account(), "client-o1"));
}

TEST_F(OrderBookTest, ShowsLegsWithTheirParentAsTheyAreNow) {
  book.add(account(), bracket());
  book.fill(account(), test::order("target"), std::nullopt);
  const Order order = now();
  ASSERT_EQ(order.legs.size(), 2U);
  EXPECT_EQ(order.legs[0].status.str(), "new");
  EXPECT_EQ(order.legs[1].status.str(), "filled");
  EXPECT_EQ(order.legs[1].submittedAt->time, WallTime(100s));
}

TEST_F(OrderBookTest, ListsLegsAsOrdersOfTheirOwnUnlessNested) {
  book.add(account(), bracket());
  EXPECT_EQ(listed({}).size(), 3U);
  for (const Order& order : book.list(account(), {})) EXPECT_THAT(order.legs, IsEmpty());
  ListQuery nested;
  nested.nested = true;
  EXPECT_THAT(listed(nested), ElementsAre("o1"));
  EXPECT_EQ(book.list(account(), nested)[0].legs.size(), 2U);
}

TEST_F(OrderBookTest, ListsOrdersAsTheyAreNow) {
  settling.add(account(), kOrder, "new");
  settling.cancel(account(), kOrder);
  EXPECT_EQ(settling.list(account(), {}).size(), 1U);
  time.pass(2s);
  EXPECT_THAT(settling.list(account(), {}), IsEmpty());
}

TEST_F(OrderBookTest, PagesByTheTimeOfSubmissionWithoutALossOrARepetition) {
  for (int i = 0; i < 25; ++i) add("new", test::order("o" + std::to_string(i)));
  ListQuery page;
  page.limit = 10;
  std::vector<std::string> seen;
  for (auto rows = book.list(account(), page); !rows.empty(); rows = book.list(account(), page)) {
    for (const Order& row : rows) seen.push_back(row.id.str());
    page.until = rows.back().submittedAt->time;
  }
  ASSERT_EQ(seen.size(), 25U);
  for (int i = 0; i < 25; ++i) EXPECT_EQ(seen.at(static_cast<std::size_t>(i)), "o" + std::to_string(24 - i));
}

TEST_F(OrderBookTest, SaysWhenItDoesNotKnowAnOrder) {
  EXPECT_THROW(now(), std::out_of_range);
  add("new");
  const OrderId other = test::order("o2");
  EXPECT_THROW(now(other), std::out_of_range);
  EXPECT_THROW(book.fill(account(), other, std::nullopt), std::out_of_range);
  EXPECT_THROW(book.setStatus(account(), other, "new"), std::out_of_range);
  EXPECT_THROW(book.replace(account(), other, test::order("o3")), std::out_of_range);
  EXPECT_THROW(book.fillDuringCancel(account(), other), std::out_of_range);
  EXPECT_THROW(book.refuseCancel(account(), other), std::out_of_range);
}

}  // namespace
}  // namespace alpaca::broker::testing

// How the orders of a bracket, OCO or OTO affect each other, and which of them the broker lists as open. Longer than
// 200 lines: one list of independent tests.
#include "testing/order_book.hpp"

#include "support/ids.hpp"
#include "support/row_name.hpp"
#include "unit/testing/manual_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace alpaca::broker::testing {
namespace {

using namespace std::chrono_literals;
using test::account;
using test::order;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Order leg(const char* id, const char* status) { return {order(id), "AAPL", id, OrderStatus(status), OrderSide::Sell}; }

// A filled entry order, an open take-profit and a stop that is held until the take-profit ends.
Order bracket(const char* kind = "bracket", const char* entryStatus = "filled") {
  Order entry{order("entry"), "AAPL", "entry", OrderStatus(entryStatus), OrderSide::Buy};
  entry.orderClass = OrderClass(kind);
  entry.legs = {leg("target", "new"), leg("stop", "held")};
  return entry;
}

class OrderGroups : public ::testing::Test {
 protected:
  std::vector<std::string> listed(OrderFilter::Status status, bool nested = false) {
    ListQuery filter;
    filter.status = status;
    filter.nested = nested;
    std::vector<std::string> ids;
    for (const Order& row : book.list(account(), filter)) ids.push_back(row.id.str());
    return ids;
  }

  std::string status(const char* id) { return book.order(account(), order(id)).status.str(); }
  bool cancel(const char* id) { return book.cancel(account(), order(id)).accepted; }

  test::ManualClock time;
  OrderBook book{time.clock(), std::nullopt};
};

TEST_F(OrderGroups, AHeldOrderIsListedAsClosedAlthoughItLives) {
  book.add(account(), order("o1"), "held");
  EXPECT_THAT(listed(OrderFilter::Status::Open), IsEmpty());
  EXPECT_THAT(listed(OrderFilter::Status::Closed), ElementsAre("o1"));
  EXPECT_THAT(listed(OrderFilter::Status::All), ElementsAre("o1"));
  EXPECT_TRUE(cancel("o1"));
  EXPECT_EQ(status("o1"), "pending_cancel");
  EXPECT_THAT(listed(OrderFilter::Status::Open), ElementsAre("o1"));
}

TEST_F(OrderGroups, CancelAllDoesNotReachAHeldOrderWithoutAGroup) {
  book.add(account(), order("o1"), "held");
  EXPECT_THAT(book.cancelAll(account()), IsEmpty());
  EXPECT_EQ(status("o1"), "held");
}

TEST_F(OrderGroups, CancelAllEndsAHeldLegThroughItsGroup) {
  book.add(account(), bracket());
  EXPECT_THAT(listed(OrderFilter::Status::Open), ElementsAre("target"));
  EXPECT_THAT(listed(OrderFilter::Status::Closed), UnorderedElementsAre("entry", "stop"));
  const auto verdicts = book.cancelAll(account());
  ASSERT_EQ(verdicts.size(), 1U);
  EXPECT_EQ(verdicts[0].order.id, order("target"));
  EXPECT_EQ(status("stop"), "pending_cancel");
  book.settleCancels();
  EXPECT_EQ(status("target"), "canceled");
  EXPECT_EQ(status("stop"), "canceled");
  EXPECT_EQ(status("entry"), "filled");
}

TEST_F(OrderGroups, CancelAllAcceptsEveryOpenOrderOfAGroup) {
  Order parent = bracket("bracket", "new");
  parent.legs[1].status = OrderStatus("accepted");
  book.add(account(), parent);
  book.add(account(), order("other"), "pending_replace");
  std::map<std::string, bool> accepted;
  for (const auto& verdict : book.cancelAll(account())) accepted[verdict.order.id.str()] = verdict.accepted;
  const std::map<std::string, bool> wanted{{"entry", true}, {"target", true}, {"stop", true}, {"other", false}};
  EXPECT_EQ(accepted, wanted);
}

struct GroupRow {
  const char* name;
  const char* kind;
  const char* canceled;
  bool together;
};

class CancelOfAnyLeg : public OrderGroups, public ::testing::WithParamInterface<GroupRow> {};

TEST_P(CancelOfAnyLeg, CancelsTheWholeGroup) {
  book.add(account(), bracket(GetParam().kind, "new"));
  ASSERT_TRUE(cancel(GetParam().canceled));
  for (const std::string id : {"entry", "target", "stop"}) {
    const bool goes = GetParam().together || id == GetParam().canceled;
    EXPECT_EQ(status(id.c_str()) == "pending_cancel", goes) << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, CancelOfAnyLeg,
                         ::testing::Values(GroupRow{"BracketByEntry", "bracket", "entry", true},
                                           GroupRow{"BracketByTarget", "bracket", "target", true},
                                           GroupRow{"BracketByHeldStop", "bracket", "stop", true},
                                           GroupRow{"OcoByParent", "oco", "entry", true},
                                           GroupRow{"OcoByLeg", "oco", "stop", true},
                                           GroupRow{"OtoByParent", "oto", "entry", true},
                                           GroupRow{"OtoByLeg", "oto", "target", true},
                                           GroupRow{"MultiLegByParent", "mleg", "entry", false},
                                           GroupRow{"MultiLegByLeg", "mleg", "target", false},
                                           GroupRow{"NoClassByLeg", "", "target", false}),
                         test::kByName);

TEST_F(OrderGroups, TheFillOfOneExitCancelsTheOther) {
  book.add(account(), bracket());
  ASSERT_TRUE(book.fill(account(), order("target"), std::nullopt));
  EXPECT_EQ(status("stop"), "canceled");
  EXPECT_EQ(status("entry"), "filled");
}

TEST_F(OrderGroups, InAnOcoTheParentIsAnExitToo) {
  Order parent = bracket("oco", "new");
  parent.legs.erase(parent.legs.begin());
  book.add(account(), parent);
  ASSERT_TRUE(book.fill(account(), order("entry"), std::nullopt));
  EXPECT_EQ(status("stop"), "canceled");
}

TEST_F(OrderGroups, TheFillOfAnEntryLeavesItsExits) {
  book.add(account(), bracket("bracket", "new"));
  ASSERT_TRUE(book.fill(account(), order("entry"), std::nullopt));
  EXPECT_EQ(status("target"), "new");
  EXPECT_EQ(status("stop"), "held");
}

TEST_F(OrderGroups, APartialFillOfAnExitLeavesTheOther) {
  book.add(account(), bracket());
  ASSERT_TRUE(book.fill(account(), order("target"), Decimal("1")));
  EXPECT_EQ(status("stop"), "held");
}

TEST_F(OrderGroups, AnExitThatFillsDuringTheCancelLeavesTheOtherCanceled) {
  book.add(account(), bracket());
  book.fillDuringCancel(account(), order("target"));
  ASSERT_TRUE(cancel("stop"));
  EXPECT_EQ(status("stop"), "canceled");
  EXPECT_EQ(status("target"), "filled");
}

TEST_F(OrderGroups, AnOrderThatRefusesItsCancelStaysWhenItsGroupIsCanceled) {
  book.add(account(), bracket());
  book.refuseCancel(account(), order("stop"));
  ASSERT_TRUE(cancel("target"));
  EXPECT_EQ(status("stop"), "held");
  EXPECT_FALSE(cancel("stop"));
}

TEST_F(OrderGroups, AReplacementTakesItsPlaceInTheGroup) {
  book.add(account(), bracket());
  ASSERT_TRUE(book.replace(account(), order("target"), order("better")));
  ASSERT_TRUE(cancel("stop"));
  EXPECT_EQ(status("better"), "pending_cancel");
  EXPECT_EQ(status("target"), "replaced");
}

TEST_F(OrderGroups, AnOrderPutInPlaceOfAMemberIsNotOfTheGroup) {
  book.add(account(), bracket());
  book.add(account(), Order{order("stop"), "AAPL"});
  ASSERT_TRUE(cancel("target"));
  EXPECT_EQ(status("stop"), "new");
}

TEST_F(OrderGroups, GroupsOfTwoAccountsAreApart) {
  const AccountId other = AccountId::parse("00000000-0000-0000-0000-000000000001").value();
  book.add(account(), bracket());
  book.add(other, bracket());
  ASSERT_TRUE(cancel("target"));
  EXPECT_EQ(book.order(other, order("stop")).status.str(), "held");
}

constexpr const char* kLower = "61e69015-8549-4bfd-b9c3-01e75843f47d";
constexpr const char* kUpper = "61E69015-8549-4BFD-B9C3-01E75843F47D";

TEST_F(OrderGroups, UuidsThatDifferInCaseAreOneOrderOfOneAccount) {
  const AccountId upper = AccountId::parse("3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4B").value();
  book.add(account(), order(kLower), "new");
  ASSERT_TRUE(book.knows(upper));
  EXPECT_TRUE(book.find(upper, kUpper));
  book.setStatus(upper, order(kUpper), "filled");
  EXPECT_EQ(status(kLower), "filled");
}

TEST_F(OrderGroups, OtherIdsAreComparedByteForByte) {
  book.add(account(), order("abc"), "new");
  EXPECT_FALSE(book.find(account(), "ABC"));
}

}  // namespace
}  // namespace alpaca::broker::testing

#include "features/sweep_ledger.hpp"

#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::features {
namespace {

using test::account;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

OrderId id(const char* text) { return OrderId::parse(text).value(); }

Order orderWith(const char* text, const char* status) {
  Order order{id(text)};
  order.status = OrderStatus(status);
  return order;
}

Error refusal() {
  Error error;
  error.kind = ErrorKind::NotCancelable;
  return error;
}

AccountKill reportOf(const SweepLedger& ledger) {
  AccountKill kill{account()};
  ledger.report(kill);
  return kill;
}

std::vector<std::string> ids(const std::vector<Order>& orders) {
  std::vector<std::string> texts;
  texts.reserve(orders.size());
  for (const Order& order : orders) texts.push_back(order.id.str());
  return texts;
}

TEST(SweepLedger, KnowsWhatIsStillToCancel) {
  SweepLedger ledger;
  ledger.look({orderWith("a", "new"), orderWith("b", "pending_cancel"), orderWith("c", "partially_filled"),
               orderWith("d", "a_word_of_tomorrow")});
  EXPECT_THAT(ledger.toCancel(), ElementsAre(id("a"), id("c"), id("d")));
  EXPECT_EQ(ledger.open(), 4U);
  EXPECT_EQ(ledger.found(), 4U);
}

TEST(SweepLedger, MissesNoOrderThatVanishes) {
  SweepLedger ledger;
  ledger.cancelAccepted(id("a"));  // of a cancel-all: never seen in a list
  ledger.look({orderWith("b", "new"), orderWith("c", "new")});
  ledger.look({orderWith("c", "new")});
  EXPECT_THAT(ledger.vanished(), ElementsAre(id("a"), id("b")));
  EXPECT_EQ(ledger.open(), 1U);
  const AccountKill kill = reportOf(ledger);
  ASSERT_EQ(kill.unknown.size(), 2U);
  EXPECT_EQ(kill.unknown[0].order, id("a"));
  ASSERT_EQ(kill.stillOpen.size(), 1U);
}

TEST(SweepLedger, SortsTheOrdersByHowTheyEnded) {
  SweepLedger ledger;
  ledger.look({orderWith("a", "new"), orderWith("b", "new"), orderWith("c", "new"), orderWith("d", "new"),
               orderWith("e", "new"), orderWith("f", "new")});
  ledger.look({orderWith("f", "pending_cancel")});
  ledger.ended(orderWith("a", "canceled"));
  ledger.ended(orderWith("b", "filled"));
  ledger.ended(orderWith("c", "replaced"));
  ledger.read(orderWith("d", "expired"));
  ledger.unreadable(id("e"), refusal());
  const AccountKill kill = reportOf(ledger);
  EXPECT_THAT(ids(kill.canceled), ElementsAre("a"));
  EXPECT_THAT(ids(kill.filled), ElementsAre("b"));
  EXPECT_THAT(ids(kill.endedOtherwise), ElementsAre("c", "d"));
  ASSERT_EQ(kill.unknown.size(), 1U);
  EXPECT_EQ(kill.unknown[0].order, id("e"));
  EXPECT_TRUE(kill.unknown[0].error);
  ASSERT_EQ(kill.stillOpen.size(), 1U);
  EXPECT_EQ(kill.stillOpen[0].order.status.str(), "pending_cancel");
}

TEST(SweepLedger, SaysWhyAnOrderIsStillOpen) {
  SweepLedger ledger;
  ledger.look({orderWith("a", "new"), orderWith("b", "new")});
  ledger.cancelFailed(id("a"), refusal());
  ledger.cancelFailed(id("b"), refusal());
  ledger.cancelAccepted(id("b"));
  const AccountKill kill = reportOf(ledger);
  EXPECT_EQ(kill.stillOpen[0].cancelError->kind, ErrorKind::NotCancelable);
  EXPECT_EQ(kill.stillOpen[1].cancelError, std::nullopt);
}

TEST(SweepLedger, IgnoresTheEndsOfOrdersThatItDoesNotKnow) {
  SweepLedger ledger;
  ledger.ended(orderWith("a", "canceled"));
  EXPECT_EQ(ledger.found(), 0U);
}

TEST(SweepLedger, BelievesTheLastLookMoreThanTheClosedOrders) {
  SweepLedger ledger;
  ledger.look({orderWith("a", "new")});
  ledger.ended(orderWith("a", "canceled"));  // not at the same moment
  EXPECT_EQ(ledger.open(), 1U);
}

TEST(SweepLedger, FindsAnOrderOpenAfterAllWhenItIsRead) {
  SweepLedger ledger;
  ledger.cancelAccepted(id("a"));
  ledger.read(orderWith("a", "pending_cancel"));
  EXPECT_THAT(ledger.vanished(), IsEmpty());
  EXPECT_EQ(ledger.open(), 1U);
}

TEST(SweepLedger, TakesAFinalOrderInTheListForEnded) {
  SweepLedger ledger;
  ledger.look({orderWith("a", "canceled")});
  EXPECT_EQ(ledger.open(), 0U);
  EXPECT_THAT(ids(reportOf(ledger).canceled), ElementsAre("a"));
}

}  // namespace
}  // namespace alpaca::broker::features

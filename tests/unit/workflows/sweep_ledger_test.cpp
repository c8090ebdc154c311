#include "workflows/sweep_ledger.hpp"

#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::workflows {
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

// Shows the ledger a complete list of the open orders.
void look(SweepLedger& ledger, std::vector<Order> open) {
  ledger.beginLook();
  for (Order& order : open) ledger.learn(std::move(order));
}

AccountReport reportOf(const SweepLedger& ledger) {
  AccountReport kill{account()};
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
  look(ledger, {orderWith("a", "new"), orderWith("b", "pending_cancel"), orderWith("c", "partially_filled"),
                orderWith("d", "a_word_of_tomorrow")});
  EXPECT_THAT(ledger.toCancel(), ElementsAre(id("a"), id("c"), id("d")));
  EXPECT_EQ(ledger.alive(), 4U);
  EXPECT_EQ(ledger.found(), 4U);
}

TEST(SweepLedger, MissesNoOrderThatVanishes) {
  SweepLedger ledger;
  ledger.cancelAccepted(id("a"));  // accepted by a cancel-all, and never seen in a list
  look(ledger, {orderWith("b", "new"), orderWith("c", "new")});
  look(ledger, {orderWith("c", "new")});
  EXPECT_THAT(ledger.unresolved(), ElementsAre(id("a"), id("b")));
  EXPECT_EQ(ledger.alive(), 1U);
  const AccountReport kill = reportOf(ledger);
  ASSERT_EQ(kill.unknown.size(), 2U);
  EXPECT_EQ(kill.unknown[0].orderId, id("a"));
  ASSERT_EQ(kill.stillOpen.size(), 1U);
}

TEST(SweepLedger, SortsTheOrdersByHowTheyEnded) {
  SweepLedger ledger;
  look(ledger, {orderWith("a", "new"), orderWith("b", "new"), orderWith("c", "new"), orderWith("d", "new"),
                orderWith("e", "new"), orderWith("f", "new")});
  look(ledger, {orderWith("f", "pending_cancel")});
  ledger.learn(orderWith("a", "canceled"));
  ledger.learn(orderWith("b", "filled"));
  ledger.learn(orderWith("c", "replaced"));
  ledger.learn(orderWith("d", "expired"));
  ledger.unreadable(id("e"), refusal());
  const AccountReport kill = reportOf(ledger);
  EXPECT_THAT(ids(kill.canceled), ElementsAre("a"));
  EXPECT_THAT(ids(kill.filled), ElementsAre("b"));
  EXPECT_THAT(ids(kill.expiredOrReplaced), ElementsAre("c", "d"));
  ASSERT_EQ(kill.unknown.size(), 1U);
  EXPECT_EQ(kill.unknown[0].orderId, id("e"));
  EXPECT_TRUE(kill.unknown[0].error);
  ASSERT_EQ(kill.stillOpen.size(), 1U);
  EXPECT_EQ(kill.stillOpen[0].order.status.str(), "pending_cancel");
}

TEST(SweepLedger, SaysWhyAnOrderIsStillOpen) {
  SweepLedger ledger;
  look(ledger, {orderWith("a", "new"), orderWith("b", "new")});
  ledger.cancelFailed(id("a"), refusal());
  ledger.cancelFailed(id("b"), refusal());
  ledger.cancelAccepted(id("b"));
  const AccountReport kill = reportOf(ledger);
  EXPECT_EQ(kill.stillOpen[0].cancelError->kind, ErrorKind::NotCancelable);
  EXPECT_EQ(kill.stillOpen[1].cancelError, std::nullopt);
}

TEST(SweepLedger, TakesNothingForGoneBecauseOfAListThatIsNotWhole) {
  SweepLedger ledger;
  look(ledger, {orderWith("a", "new"), orderWith("b", "new")});
  ledger.learn(orderWith("b", "new"));
  EXPECT_EQ(ledger.alive(), 2U);
  EXPECT_THAT(ledger.unresolved(), IsEmpty());
}

// "done_for_day" and similar statuses sound final, but are not.
TEST(SweepLedger, TakesOnlyAFinalStatusForTheEnd) {
  for (const char* status : {"new", "held", "pending_cancel", "partially_filled", "done_for_day", "calculated",
                             "stopped", "suspended", "a_word_of_tomorrow", ""}) {
    SweepLedger ledger;
    ledger.learn(orderWith("a", status));
    EXPECT_EQ(ledger.alive(), 1U) << status;
  }
}

TEST(SweepLedger, ExpectsWhatHasReplacedAnOrder) {
  SweepLedger ledger;
  Order replaced = orderWith("a", "replaced");
  replaced.replacedBy = id("b");
  ledger.learn(replaced);
  EXPECT_THAT(ledger.unresolved(), ElementsAre(id("b")));
  Order next = orderWith("c", "new");
  next.replaces = id("b");
  EXPECT_TRUE(ledger.concerns(next));
  EXPECT_FALSE(ledger.concerns(orderWith("d", "new")));
}

TEST(SweepLedger, KnowsThatAReplacementIsMissing) {
  SweepLedger ledger;
  ledger.learn(orderWith("a", "replaced"));
  EXPECT_TRUE(ledger.hasLostReplacement());
  Order next = orderWith("b", "new");
  next.replaces = id("a");
  ledger.learn(next);
  EXPECT_FALSE(ledger.hasLostReplacement());
}

TEST(SweepLedger, KeepsTheDoubtThatACancelHasLeft) {
  SweepLedger ledger;
  ledger.learn(orderWith("a", "new"));
  Error doubt;
  doubt.kind = ErrorKind::InDoubt;
  doubt.maybeApplied = true;
  ledger.cancelFailed(id("a"), doubt);
  ledger.cancelFailed(id("a"), refusal());
  EXPECT_TRUE(reportOf(ledger).stillOpen.at(0).cancelError->maybeApplied);
}

// Its doubt used to be replaced by the error of the read.
TEST(SweepLedger, KeepsTheDoubtOfAnOrderThatCannotBeRead) {
  SweepLedger ledger;
  look(ledger, {orderWith("a", "new")});
  Error doubt{ErrorKind::InDoubt, "no answer"};
  doubt.maybeApplied = true;
  ledger.cancelFailed(id("a"), doubt);
  look(ledger, {});
  ledger.unreadable(id("a"), Error{ErrorKind::ServerError, "502"});
  const AccountReport report = reportOf(ledger);
  ASSERT_EQ(report.unknown.size(), 1U);
  EXPECT_EQ(report.unknown[0].error->kind, ErrorKind::ServerError);
  EXPECT_TRUE(report.unknown[0].error->maybeApplied);
  EXPECT_EQ(report.unknown[0].error->message, "502 A cancel of the order may have taken effect.");
}

TEST(SweepLedger, DoubtsARefusalAfterAnAcceptedCancel) {
  SweepLedger ledger;
  ledger.learn(orderWith("a", "new"));
  ledger.cancelAccepted(id("a"));
  ledger.cancelFailed(id("a"), refusal());
  EXPECT_TRUE(reportOf(ledger).stillOpen.at(0).cancelError->maybeApplied);
}

TEST(SweepLedger, FindsAnOrderOpenAfterAllWhenItIsRead) {
  SweepLedger ledger;
  ledger.cancelAccepted(id("a"));
  ledger.learn(orderWith("a", "pending_cancel"));
  EXPECT_THAT(ledger.unresolved(), IsEmpty());
  EXPECT_EQ(ledger.alive(), 1U);
}

TEST(SweepLedger, TakesAFinalOrderInTheListForEnded) {
  SweepLedger ledger;
  look(ledger, {orderWith("a", "canceled")});
  EXPECT_EQ(ledger.alive(), 0U);
  EXPECT_THAT(ids(reportOf(ledger).canceled), ElementsAre("a"));
}

}  // namespace
}  // namespace alpaca::broker::workflows

// The code of docs/batches-and-kill-switch.md.
#include "desk.hpp"

#include <chrono>
#include <cstddef>
#include <iostream>

using broker::printable;
using broker::testing::MockFault;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

broker::testing::MockBrokerOptions prompt() {
  broker::testing::MockBrokerOptions options;
  options.cancelTakes = std::chrono::milliseconds(0);
  return options;
}

class Batches : public Desk {
 protected:
  Batches() : Desk(prompt()) { mock.addOrder(account, filled, "filled"); }

  void show(std::size_t done, std::size_t total) { shown = std::to_string(done) + " of " + std::to_string(total); }

  void listOldBuys() {
    broker::OrderFilter filter;
    filter.symbols = {"AAPL"};
    filter.side = broker::OrderSide::Buy;
    filter.submittedBefore = std::chrono::system_clock::now() - std::chrono::minutes(5);  // older orders

    const auto orders = client.listOrders(account, filter);
    if (!orders) return report(orders.error());  // a list is never cut short: it is complete or an error
    for (const broker::Order& order : *orders) {
      std::cout << order.id << ' ' << printable(order.symbol) << ' ' << printable(order.filledQty.str()) << " of "
                << (order.qty ? printable(order.qty->str()) : "an amount of money") << ' '
                << printable(order.status.str()) << '\n';
    }
  }

  const broker::OrderId filled = broker::OrderId::parse("filled").value();
  std::string shown;
};

TEST_F(Batches, AreMadeOfAList) {
  broker::Order old{broker::OrderId::parse("old").value(), "AAPL"};
  old.side = broker::OrderSide::Buy;
  old.qty = broker::Decimal("10");
  old.submittedAt = broker::Timestamp{std::chrono::system_clock::now() - std::chrono::hours(1)};
  mock.addOrder(account, old);
  testing::internal::CaptureStdout();

  listOldBuys();

  EXPECT_EQ(testing::internal::GetCapturedStdout(), "old AAPL 0 of 10 new\n");
  EXPECT_THAT(notes(), IsEmpty());
}

TEST_F(Batches, AreMadeOfAListOrNothing) {
  mock.failNext(401);
  listOldBuys();
  EXPECT_THAT(notes(), ElementsAre("report Unauthorized"));
}

TEST_F(Batches, HaveAResultForEachOrder) {
  const std::vector<broker::OrderRef> orders{{account, order}, {account, filled}};

  broker::BatchOptions options;
  options.call.deadline = std::chrono::seconds(20);
  options.progress = [&](const broker::BatchProgress& progress) { show(progress.done, progress.total); };
  const broker::BatchReport report = client.cancelOrders(orders, options).value();

  for (const broker::BatchEntry& entry : report.entries) {
    if (entry.result) continue;
    const broker::Error& error = entry.result.error();
    if (error.maybeApplied || error.kind == broker::ErrorKind::NotCancelable) lookAt(entry.target.orderId);
    if (error.kind == broker::ErrorKind::NotSent) cancelLater(entry.target.orderId);
    if (error.kind == broker::ErrorKind::Unauthorized) callSomebody();  // and so on: see "What a cancel can tell you"
  }

  EXPECT_EQ(report.counts().accepted, 1U);
  EXPECT_EQ(shown, "2 of 2");
  EXPECT_THAT(notes(), ElementsAre("look at filled"));
}

TEST_F(Batches, FollowEachOrderToItsEnd) {
  const std::vector<broker::OrderRef> orders{{account, order}, {account, filled}};

  broker::BatchConfirmOptions options;
  options.confirm.call.deadline = std::chrono::seconds(20);
  const broker::BatchConfirmReport report = client.cancelOrdersAndConfirm(orders, options).value();

  for (const broker::BatchConfirmEntry& entry : report.entries) {
    if (!entry.result) {
      lookAt(entry.target.orderId);  // not canceled, or in doubt: see the error
    } else if (entry.result->outcome == broker::CancelOutcome::Pending) {
      cancelLater(entry.target.orderId);  // see pendingReason
    } else {
      settle(entry.result->order->filledQty);  // final
    }
  }

  EXPECT_TRUE(report.allFinal());
  EXPECT_THAT(notes(), ElementsAre("settle 0", "settle 10"));
}

TEST_F(Batches, OfAWholeAccountAreOneRequest) {
  const broker::CancelAllReport all = client.cancelAllOrders(account).value();
  for (const broker::CancelAllEntry& entry : all.entries) {
    if (!entry.accepted()) lookAt(entry.orderId);
  }
  for (const broker::Order& open : all.open) lookAt(open.id);  // only with all.doubt: no clear answer came
  if (all.doubt) callSomebody();                               // after doubt, canceled orders are in neither list

  EXPECT_TRUE(all.allAccepted());
  EXPECT_THAT(notes(), IsEmpty());
}

TEST_F(Batches, OfAWholeAccountLookAfterDoubt) {
  mock.failNext(MockFault::LostRequest);
  const broker::CancelAllReport all = client.cancelAllOrders(account).value();
  EXPECT_TRUE(all.doubt);
  ASSERT_EQ(all.open.size(), 1U);
  EXPECT_EQ(all.open.front().id, order);
}

TEST_F(Batches, EndWithAnEmptyAccount) {
  mock.fillDuringCancel(account, order);

  broker::KillSwitchOptions options;
  options.call.deadline = std::chrono::seconds(20);
  const broker::KillSwitchReport report = client.killSwitch({account}, options).value();

  for (const broker::AccountReport& kill : report.accounts) {
    for (const auto* ended : {&kill.filled, &kill.canceled, &kill.expiredOrReplaced}) {
      for (const broker::Order& order : *ended) {
        if (!order.filledQty.isZero()) hedge(order);  // filled, at least in part: you hold a position now
      }
    }
  }
  if (!report.allEmpty()) callSomebody();

  EXPECT_THAT(notes(), ElementsAre("hedge 10 AAPL"));
}

TEST_F(Batches, MayBeOfOneStrategyAndSayWhatTheyWouldDo) {
  broker::KillSwitchOptions options;
  options.clientOrderIdPrefix = "maker-";
  options.side = broker::OrderSide::Buy;
  options.submittedBefore = broker::parseUtcTime("2026-03-16T14:38:00-04:00").value();  // older orders only
  options.dryRun = true;  // stillOpen of each account lists what would be canceled
  const broker::KillSwitchReport report = client.killSwitch({account}, options).value();

  EXPECT_TRUE(report.allEmpty()) << "no order has that prefix";
  EXPECT_EQ(mock.orderStatus(account, order), "new");
}

}  // namespace

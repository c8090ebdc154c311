#include "client_call_end.hpp"

#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Error doubt() {
  Error error{ErrorKind::InDoubt, "no answer came"};
  error.maybeApplied = true;
  return error;
}

Error refusal() { return {ErrorKind::NotCancelable, "no"}; }

// What the hook was told, a line for each event.
class CallEnd : public ::testing::Test {
 protected:
  const CallObserver hook = [this](const CallEvent& event) {
    told.push_back(std::string(event.operation) + " " + std::string(event.orderId) +
                   (event.error == nullptr ? " ok" : " " + std::string(toString(event.error->kind))) +
                   (event.maybeApplied ? " maybe" : "") + (event.isIncomplete ? " incomplete" : ""));
    accounts.emplace_back(event.accountId);
    calls.push_back(event.call->sends);
  };
  const std::string id = account().str();
  std::vector<std::string> told;
  std::vector<std::string> accounts;
  std::vector<int> calls;
};

TEST_F(CallEnd, IsToldOfSuccessAndFailure) {
  CallInfo call;
  call.sends = 2;
  const CallSubject subject{"cancelOrder", id, "one"};
  tell(hook, subject, Result<CancelAccepted>({}, call));
  tell(hook, subject, Result<CancelAccepted>(doubt()));
  tell(hook, subject, Result<CancelAccepted>(refusal()));
  EXPECT_THAT(told,
              ElementsAre("cancelOrder one ok", "cancelOrder one InDoubt maybe", "cancelOrder one NotCancelable"));
  EXPECT_THAT(accounts, ElementsAre(id, id, id));
  EXPECT_THAT(calls, ElementsAre(2, 0, 0));
}

TEST_F(CallEnd, IsToldOfTheDoubtThatASuccessReports) {
  CancelAllReport all;
  all.doubt = doubt();
  tell(hook, {"cancelAllOrders"}, Result<CancelAllReport>(all));
  CancelConfirmation pending;
  pending.cancelError = doubt();
  tell(hook, {"cancelOrderAndConfirm"}, Result<CancelConfirmation>(pending));
  EXPECT_THAT(told, ElementsAre("cancelAllOrders  InDoubt maybe incomplete",
                                "cancelOrderAndConfirm  InDoubt maybe incomplete"));
}

TEST_F(CallEnd, IsToldOfNoDoubtThatARepeatedLookResolved) {
  CancelConfirmation canceled;
  canceled.outcome = CancelOutcome::Canceled;
  canceled.cancelError = doubt();
  tell(hook, {"cancelOrderAndConfirm"}, Result<CancelConfirmation>(canceled));
  CancelConfirmation pending;
  pending.cancelError = refusal();
  tell(hook, {"cancelOrderAndConfirm"}, Result<CancelConfirmation>(pending));
  EXPECT_THAT(told, ElementsAre("cancelOrderAndConfirm  ok", "cancelOrderAndConfirm  ok incomplete"));
}

TEST_F(CallEnd, IsToldOfEachEntryOfABatch) {
  BatchReport batch;
  batch.entries = {{{account(), order("a")}, CancelAccepted{}}, {{account(), order("b")}, doubt()}};
  tell(hook, {"cancelOrders"}, Result<BatchReport>(batch));
  BatchConfirmReport confirmed;
  confirmed.entries = {{{account(), order("c")}, refusal()}};
  tell(hook, {"cancelOrdersAndConfirm"}, Result<BatchConfirmReport>(confirmed));
  tell(hook, {"cancelOrders"}, Result<BatchReport>(Error{}));
  EXPECT_THAT(told, ElementsAre("cancelOrders a ok", "cancelOrders b InDoubt maybe",
                                "cancelOrdersAndConfirm c NotCancelable", "cancelOrders  InvalidArgument"));
  EXPECT_THAT(accounts, ElementsAre(id, id, id, ""));
}

TEST_F(CallEnd, IsToldOfEachAccountOfAKillSwitch) {
  AccountReport clean{account()};
  clean.isEmpty = true;
  clean.call.sends = 5;
  AccountReport all{account()};
  all.error = Error{ErrorKind::NotSent, "no time"};
  all.cancelAllError = doubt();
  AccountReport last{account()};
  last.error = Error{ErrorKind::NotSent, "no time"};
  AccountReport open{account()};
  Order order;
  open.stillOpen.push_back({order, doubt()});
  open.error = Error{ErrorKind::NotSent, "no time"};
  AccountReport unknown{account()};
  unknown.unknown.push_back({test::order("lost"), doubt()});
  AccountReport alive{account()};
  alive.stillOpen.push_back({order, refusal()});
  tell(hook, {"killSwitch"}, Result<KillSwitchReport>(KillSwitchReport{{clean, all, last, open, unknown, alive}}));
  EXPECT_THAT(told, ElementsAre("killSwitch  ok", "killSwitch  InDoubt maybe incomplete",
                                "killSwitch  NotSent incomplete", "killSwitch  InDoubt maybe incomplete",
                                "killSwitch  InDoubt maybe incomplete", "killSwitch  ok incomplete"));
  EXPECT_THAT(accounts, ElementsAre(id, id, id, id, id, id));
  EXPECT_THAT(calls, ElementsAre(5, 0, 0, 0, 0, 0));
}

TEST_F(CallEnd, DropsTheHooksExceptions) {
  tell([](const CallEvent&) { throw std::runtime_error("hook"); }, {"cancelOrder"}, Result<CancelAccepted>(doubt()));
  EXPECT_THAT(told, IsEmpty());
}

TEST(KeptSubject, OutlivesTheTextsAndTakesNoneWithoutAHook) {
  std::string account = "account of some length, so that it is allocated";
  const KeptSubject kept({"getOrder", account, "order", &account}, true);
  const KeptSubject empty({"getOrder", account, "order", &account}, false);
  account.assign(account.size(), '?');
  EXPECT_EQ(CallSubject(kept).account, "account of some length, so that it is allocated");
  EXPECT_EQ(CallSubject(kept).operation, "getOrder");
  EXPECT_EQ(CallSubject(kept).order, "order");
  EXPECT_EQ(CallSubject(kept).context, &account);
  EXPECT_EQ(CallSubject(empty).account, "");
}

}  // namespace
}  // namespace alpaca::broker

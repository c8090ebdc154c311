// The code of docs/what-a-cancel-can-tell-you.md.
#include "desk.hpp"

#include <chrono>

using testing::ElementsAre;

namespace {

class Outcomes : public Desk {
 protected:
  void cancel() {
    // NOLINTBEGIN(bugprone-branch-clone): the branches have different reasons
    const auto result = client.cancelOrder(account, order);
    if (result) {
      keep(result.call().requestId);  // accepted: it may still fill before the cancel takes effect
    } else if (result.error().maybeApplied) {
      lookAt(order);  // sent, outcome unknown: look before you submit again
    } else if (result.error().kind == broker::ErrorKind::NotCancelable) {
      lookAt(order);  // filled, canceled, expired, or a cancel or replacement is pending
    } else {
      report(result.error());  // the order is unchanged
    }
    // NOLINTEND(bugprone-branch-clone)
  }

  void look() {
    const auto now = client.getOrder(account, order).value();
    if (now.status.isFinal()) {
      settle(now.filledQty);  // act on the quantity that was filled, not on the one you hoped for
    } else {
      cancelLater(order);  // still open: a second cancel of the same order does no harm
    }
  }

  void confirm() {
    broker::ConfirmOptions options;
    options.call.deadline = std::chrono::seconds(5);
    const auto confirmed = client.cancelOrderAndConfirm(account, order, options);
    if (!confirmed) {
      report(confirmed.error());  // nothing is proven; maybeApplied says whether a cancel may be in effect
    } else if (confirmed->outcome == broker::CancelOutcome::Pending) {
      cancelLater(order);  // accepted, but not in effect yet: pendingReason says why no more is known
    } else {
      settle(confirmed->order->filledQty);  // final: canceled, filled, expired, rejected or replaced
    }
  }
};

TEST_F(Outcomes, AcceptanceIsKept) {
  cancel();
  EXPECT_THAT(notes(), ElementsAre("keep the id"));
}

TEST_F(Outcomes, DoubtAndLatenessMeanLooking) {
  mock.failNext(502);
  cancel();  // 502, then 204: only a 204 clears the doubt
  mock.fillOrder(account, order);
  cancel();
  mock.failNext(502);
  cancel();
  EXPECT_THAT(notes(), ElementsAre("keep the id", "look at 61e69015", "look at 61e69015"));
}

TEST_F(Outcomes, RefusalIsReported) {
  mock.failNext(400);
  cancel();
  EXPECT_THAT(notes(), ElementsAre("report BadRequest"));
}

TEST_F(Outcomes, LookingSettlesWhatIsFinal) {
  look();
  mock.fillOrder(account, order);
  look();
  EXPECT_THAT(notes(), ElementsAre("cancel later 61e69015", "settle 10"));
}

TEST_F(Outcomes, ConfirmingFollowsTheOrderToItsEnd) {
  mock.fillDuringCancel(account, order);
  confirm();
  mock.failNext(401);
  confirm();
  EXPECT_THAT(notes(), ElementsAre("settle 10", "report Unauthorized"));
}

}  // namespace

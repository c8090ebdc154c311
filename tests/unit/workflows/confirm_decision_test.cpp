#include "workflows/confirm_decision.hpp"

#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::workflows {
namespace {

struct Row {
  const char* status;
  NextStep accepted;
  NextStep refused;
  NextStep doubtful;
};

class NextStepAfterARead : public ::testing::TestWithParam<Row> {};

TEST_P(NextStepAfterARead, FollowsFromTheCancelAndTheStatus) {
  const OrderStatus status(GetParam().status);
  EXPECT_EQ(nextStep(CancelState::Accepted, status), GetParam().accepted);
  EXPECT_EQ(nextStep(CancelState::Refused, status), GetParam().refused);
  EXPECT_EQ(nextStep(CancelState::Doubtful, status), GetParam().doubtful);
}

constexpr NextStep kEnd = NextStep::Conclude;
constexpr NextStep kWait = NextStep::Follow;
constexpr NextStep kAgain = NextStep::CancelAgain;

INSTANTIATE_TEST_SUITE_P(
    Table, NextStepAfterARead,
    ::testing::Values(Row{"filled", kEnd, kEnd, kEnd}, Row{"canceled", kEnd, kEnd, kEnd},
                      Row{"expired", kEnd, kEnd, kEnd}, Row{"rejected", kEnd, kEnd, kEnd},
                      Row{"replaced", kEnd, kEnd, kEnd}, Row{"pending_cancel", kWait, kWait, kWait},
                      Row{"pending_replace", kWait, kWait, kWait}, Row{"new", kWait, kAgain, kAgain},
                      Row{"accepted", kWait, kAgain, kAgain}, Row{"partially_filled", kWait, kAgain, kAgain},
                      Row{"held", kWait, kAgain, kAgain}, Row{"done_for_day", kWait, kAgain, kAgain},
                      Row{"a_word_of_tomorrow", kWait, kAgain, kAgain}),
    [](const auto& row) { return std::string(row.param.status); });

TEST(OutcomeOf, IsKnownForFinalStatusesAlone) {
  EXPECT_EQ(outcomeOf(OrderStatus("canceled")), CancelOutcome::Canceled);
  EXPECT_EQ(outcomeOf(OrderStatus("filled")), CancelOutcome::Filled);
  EXPECT_EQ(outcomeOf(OrderStatus("expired")), CancelOutcome::Expired);
  EXPECT_EQ(outcomeOf(OrderStatus("rejected")), CancelOutcome::Rejected);
  EXPECT_EQ(outcomeOf(OrderStatus("replaced")), CancelOutcome::Replaced);
  for (const char* open : {"new", "pending_cancel", "pending_replace", "done_for_day", "a_word_of_tomorrow", ""}) {
    EXPECT_EQ(outcomeOf(OrderStatus(open)), std::nullopt) << open;
    EXPECT_FALSE(OrderStatus(open).isFinal()) << open;
  }
}

TEST(IsHopeless, IsNoFailureThatTimeMayCure) {
  for (const ErrorKind kind : {ErrorKind::RateLimited, ErrorKind::ServerError, ErrorKind::UnexpectedResponse,
                               ErrorKind::NotSent, ErrorKind::InDoubt}) {
    EXPECT_FALSE(isPermanent(kind)) << toString(kind);
  }
  for (const ErrorKind kind :
       {ErrorKind::InvalidArgument, ErrorKind::BadRequest, ErrorKind::Unauthorized, ErrorKind::Forbidden,
        ErrorKind::NotFound, ErrorKind::NotCancelable, ErrorKind::Aborted}) {
    EXPECT_TRUE(isPermanent(kind)) << toString(kind);
  }
}

TEST(CancelOutcomeNames, AreTheEnumerators) {
  EXPECT_EQ(toString(CancelOutcome::Canceled), "Canceled");
  EXPECT_EQ(toString(CancelOutcome::Filled), "Filled");
  EXPECT_EQ(toString(CancelOutcome::Expired), "Expired");
  EXPECT_EQ(toString(CancelOutcome::Rejected), "Rejected");
  EXPECT_EQ(toString(CancelOutcome::Replaced), "Replaced");
  EXPECT_EQ(toString(CancelOutcome::Pending), "Pending");
}

}  // namespace
}  // namespace alpaca::broker::workflows

#include "call/rate_limiter.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::call {
namespace {

using namespace std::chrono_literals;
using Clock = RatePacer::Clock;

constexpr Clock::time_point kNow{1'000s};

RateLimit limit(int remaining, std::chrono::seconds resetAt = 100s, std::chrono::milliseconds resetIn = 30s,
                int limit = 200) {
  return {limit, remaining, std::chrono::system_clock::time_point(resetAt), resetIn};
}

// How many requests the pacer lets through at once, up to ten.
int leaves(RatePacer& pacer, RateUse use = RateUse::Cancel, Clock::time_point now = kNow) {
  int taken = 0;
  while (taken < 10 && !pacer.take(use, now)) ++taken;
  for (int i = 0; i < taken; ++i) pacer.giveBack();
  return taken;
}

TEST(RatePacer, HoldsNothingUpBeforeItKnowsOfALimit) {
  RatePacer pacer;
  EXPECT_EQ(leaves(pacer), 10);
  EXPECT_EQ(leaves(pacer, RateUse::Read), 10);
}

TEST(RatePacer, LeavesWhatTheBrokerLeaves) {
  RatePacer pacer;
  pacer.learn(limit(3), kNow, kNow);
  EXPECT_EQ(leaves(pacer), 3);
}

TEST(RatePacer, CountsWhatIsInFlight) {
  RatePacer pacer;
  pacer.learn(limit(3), kNow, kNow);
  EXPECT_FALSE(pacer.take(RateUse::Cancel, kNow));
  EXPECT_FALSE(pacer.take(RateUse::Cancel, kNow));
  EXPECT_EQ(leaves(pacer), 1);
  pacer.giveBack();
  EXPECT_EQ(leaves(pacer), 2);
}

TEST(RatePacer, NamesTheEndOfTheWindowWhenNothingIsLeft) {
  RatePacer pacer;
  pacer.learn(limit(0), kNow, kNow);
  EXPECT_EQ(pacer.take(RateUse::Cancel, kNow), kNow + 30s);
}

TEST(RatePacer, AsksAgainSoonWhenAnAnswerInFlightMayLeaveMore) {
  RatePacer pacer;
  pacer.learn(limit(1), kNow, kNow);
  EXPECT_FALSE(pacer.take(RateUse::Cancel, kNow));
  const auto again = pacer.take(RateUse::Cancel, kNow);
  ASSERT_TRUE(again);
  EXPECT_GT(*again, kNow);
  EXPECT_LT(*again, kNow + 1s);
}

TEST(RatePacer, TakesANewWindowForFull) {
  RatePacer pacer;
  pacer.learn(limit(0, 100s, 30s, 4), kNow, kNow);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 29s), 0);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 30s), 4);
  pacer.learn(limit(1, 160s, 30s, 4), kNow + 30s, kNow + 30s);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 30s), 1);
}

// "Limit 0, Remaining 0" once ended a batch after 4 of 200 orders.
TEST(RatePacer, IgnoresALimitOfNothing) {
  for (const int none : {0, -1}) {
    RatePacer pacer;
    pacer.learn(limit(0, 100s, 30s, none), kNow, kNow);
    EXPECT_EQ(leaves(pacer), 10);
  }
}

// "Remaining 0, Reset in 20 h" was once believed for 20 h, despite later answers.
TEST(RatePacer, LetsALaterAnswerCorrectTheWindow) {
  RatePacer pacer;
  pacer.learn(limit(0, 72'000s, 20h), kNow, kNow);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 1s), 0);
  pacer.learn(limit(199, 100s, 30s), kNow - 1ms, kNow + 1s);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 1s), 0) << "sent earlier, so it may be stale";
  pacer.learn(limit(199, 100s, 30s), kNow + 1ms, kNow + 1s);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 1s), 10);
}

TEST(RatePacer, LetsALaterAnswerOfTheSameWindowLeaveMore) {
  RatePacer pacer;
  pacer.learn(limit(0), kNow, kNow);
  pacer.learn(limit(7), kNow + 1ms, kNow + 2ms);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 2ms), 7);
}

TEST(RatePacer, BelievesInNoWindowForLongerThanAMinute) {
  RatePacer pacer;
  pacer.learn(limit(0, 72'000s, 20h), kNow, kNow);
  EXPECT_EQ(pacer.take(RateUse::Cancel, kNow), kNow + RatePacer::kLongestWait);
  const auto later = kNow + RatePacer::kLongestWait;
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, later), 1) << "one request finds out";
  EXPECT_EQ(leaves(pacer, RateUse::Read, later), 1);
}

TEST(RatePacer, IsNotMisledByAnswersThatAreOvertaken) {
  RatePacer pacer;
  pacer.learn(limit(2), kNow, kNow);
  pacer.learn(limit(5), kNow, kNow);  // sent before the one above
  EXPECT_EQ(leaves(pacer), 2);
  pacer.learn(limit(9, 40s), kNow, kNow);  // of the previous window
  EXPECT_EQ(leaves(pacer), 2);
  pacer.learn(limit(9, 160s), kNow, kNow);  // of the next window
  EXPECT_EQ(leaves(pacer), 9);
}

TEST(RatePacer, BelievesAnythingOnceItsWindowIsOver) {
  RatePacer pacer;
  pacer.learn(limit(0), kNow, kNow);
  pacer.learn(limit(7, 50s, 10s), kNow + 31s, kNow + 31s);  // a broker whose windows move back
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 31s), 7);
}

TEST(RatePacer, LeavesATenthToTheCancels) {
  RatePacer pacer;
  pacer.learn(limit(23), kNow, kNow);
  EXPECT_EQ(leaves(pacer, RateUse::Read), 3);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel), 10);
  pacer.learn(limit(20), kNow, kNow);
  EXPECT_EQ(pacer.take(RateUse::Read, kNow), kNow + 30s);
}

TEST(RatePacer, HoldsEverythingWhenTheBrokerAsksForIt) {
  RatePacer pacer;
  pacer.hold(kNow + 5s, kNow, kNow);
  pacer.hold(kNow + 2s, kNow, kNow);
  EXPECT_EQ(pacer.take(RateUse::Cancel, kNow), kNow + 5s);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 5s), 10);
}

// One "Retry-After: 3600" once blocked everything for an hour, although every later answer was normal.
TEST(RatePacer, EndsAHoldWithALaterAnswerThatIsNoRefusal) {
  RatePacer pacer;
  pacer.hold(kNow + 50s, kNow, kNow);
  pacer.answered(kNow - 1ms);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 1s), 0) << "sent before the refusal";
  pacer.answered(kNow + 1ms);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 1s), 10);
}

TEST(RatePacer, ShortensAHoldWithALaterRefusal) {
  RatePacer pacer;
  pacer.hold(kNow + 50s, kNow, kNow);
  pacer.hold(kNow + 3s, kNow + 1s, kNow + 2s);
  EXPECT_EQ(pacer.take(RateUse::Cancel, kNow + 2s), kNow + 3s);
}

TEST(RatePacer, HoldsForAMinuteAtMost) {
  RatePacer pacer;
  pacer.hold(kNow + 1h, kNow, kNow);
  EXPECT_EQ(pacer.take(RateUse::Cancel, kNow), kNow + RatePacer::kLongestWait);
}

TEST(RatePacer, CountsWhatIsTakenAnyway) {
  RatePacer pacer;
  pacer.learn(limit(2), kNow, kNow);
  pacer.takeAnyway();
  EXPECT_EQ(leaves(pacer), 1);
  pacer.giveBack();
  EXPECT_EQ(leaves(pacer), 2);
}

}  // namespace
}  // namespace alpaca::broker::call

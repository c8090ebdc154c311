#include "call/rate_limiter.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::call {
namespace {

using namespace std::chrono_literals;
using Clock = RateLimiter::Clock;

constexpr Clock::time_point kNow{1'000s};

RateLimit limit(int remaining, std::chrono::seconds resetAt = 100s, std::chrono::milliseconds resetIn = 30s,
                int limit = 200) {
  return {limit, remaining, std::chrono::system_clock::time_point(resetAt), resetIn};
}

// How many requests the pacer lets through at once, up to ten.
int leaves(RateLimiter& rateLimiter, Priority priority = Priority::Cancel, Clock::time_point now = kNow) {
  int taken = 0;
  while (taken < 10 && !rateLimiter.tryAcquire(priority, now)) ++taken;
  for (int i = 0; i < taken; ++i) rateLimiter.release();
  return taken;
}

TEST(RateLimiter, HoldsNothingUpBeforeItKnowsOfALimit) {
  RateLimiter rateLimiter;
  EXPECT_EQ(leaves(rateLimiter), 10);
  EXPECT_EQ(leaves(rateLimiter, Priority::Read), 10);
}

TEST(RateLimiter, LeavesWhatTheBrokerLeaves) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(3), kNow, kNow);
  EXPECT_EQ(leaves(rateLimiter), 3);
}

TEST(RateLimiter, CountsWhatIsInFlight) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(3), kNow, kNow);
  EXPECT_FALSE(rateLimiter.tryAcquire(Priority::Cancel, kNow));
  EXPECT_FALSE(rateLimiter.tryAcquire(Priority::Cancel, kNow));
  EXPECT_EQ(leaves(rateLimiter), 1);
  rateLimiter.release();
  EXPECT_EQ(leaves(rateLimiter), 2);
}

TEST(RateLimiter, NamesTheEndOfTheWindowWhenNothingIsLeft) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(0), kNow, kNow);
  EXPECT_EQ(rateLimiter.tryAcquire(Priority::Cancel, kNow), kNow + 30s);
}

TEST(RateLimiter, AsksAgainSoonWhenAnAnswerInFlightMayLeaveMore) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(1), kNow, kNow);
  EXPECT_FALSE(rateLimiter.tryAcquire(Priority::Cancel, kNow));
  const auto again = rateLimiter.tryAcquire(Priority::Cancel, kNow);
  ASSERT_TRUE(again);
  EXPECT_GT(*again, kNow);
  EXPECT_LT(*again, kNow + 1s);
}

TEST(RateLimiter, TakesANewWindowForFull) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(0, 100s, 30s, 4), kNow, kNow);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 29s), 0);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 30s), 4);
  rateLimiter.learn(limit(1, 160s, 30s, 4), kNow + 30s, kNow + 30s);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 30s), 1);
}

// "Limit 0, Remaining 0" once ended a batch after 4 of 200 orders.
TEST(RateLimiter, IgnoresALimitOfNothing) {
  for (const int none : {0, -1}) {
    RateLimiter rateLimiter;
    rateLimiter.learn(limit(0, 100s, 30s, none), kNow, kNow);
    EXPECT_EQ(leaves(rateLimiter), 10);
  }
}

// "Remaining 0, Reset in 20 h" was once believed for 20 h, despite later answers.
TEST(RateLimiter, LetsALaterAnswerCorrectTheWindow) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(0, 72'000s, 20h), kNow, kNow);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 1s), 0);
  rateLimiter.learn(limit(199, 100s, 30s), kNow - 1ms, kNow + 1s);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 1s), 0) << "sent earlier, so it may be stale";
  rateLimiter.learn(limit(199, 100s, 30s), kNow + 1ms, kNow + 1s);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 1s), 10);
}

TEST(RateLimiter, LetsALaterAnswerOfTheSameWindowLeaveMore) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(0), kNow, kNow);
  rateLimiter.learn(limit(7), kNow + 1ms, kNow + 2ms);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 2ms), 7);
}

TEST(RateLimiter, BelievesInNoWindowForLongerThanAMinute) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(0, 72'000s, 20h), kNow, kNow);
  EXPECT_EQ(rateLimiter.tryAcquire(Priority::Cancel, kNow), kNow + RateLimiter::kMaxWait);
  const auto later = kNow + RateLimiter::kMaxWait;
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, later), 1) << "one request finds out";
  EXPECT_EQ(leaves(rateLimiter, Priority::Read, later), 1);
}

TEST(RateLimiter, IsNotMisledByAnswersThatAreOvertaken) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(2), kNow, kNow);
  rateLimiter.learn(limit(5), kNow, kNow);  // sent before the one above
  EXPECT_EQ(leaves(rateLimiter), 2);
  rateLimiter.learn(limit(9, 40s), kNow, kNow);  // of the previous window
  EXPECT_EQ(leaves(rateLimiter), 2);
  rateLimiter.learn(limit(9, 160s), kNow, kNow);  // of the next window
  EXPECT_EQ(leaves(rateLimiter), 9);
}

TEST(RateLimiter, BelievesAnythingOnceItsWindowIsOver) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(0), kNow, kNow);
  rateLimiter.learn(limit(7, 50s, 10s), kNow + 31s, kNow + 31s);  // a broker whose windows move back
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 31s), 7);
}

TEST(RateLimiter, LeavesATenthToTheCancels) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(23), kNow, kNow);
  EXPECT_EQ(leaves(rateLimiter, Priority::Read), 3);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel), 10);
  rateLimiter.learn(limit(20), kNow, kNow);
  EXPECT_EQ(rateLimiter.tryAcquire(Priority::Read, kNow), kNow + 30s);
}

TEST(RateLimiter, HoldsEverythingWhenTheBrokerAsksForIt) {
  RateLimiter rateLimiter;
  rateLimiter.pauseUntil(kNow + 5s, kNow, kNow);
  rateLimiter.pauseUntil(kNow + 2s, kNow, kNow);
  EXPECT_EQ(rateLimiter.tryAcquire(Priority::Cancel, kNow), kNow + 5s);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 5s), 10);
}

// One "Retry-After: 3600" once blocked everything for an hour, although every later answer was normal.
TEST(RateLimiter, EndsAHoldWithALaterAnswerThatIsNoRefusal) {
  RateLimiter rateLimiter;
  rateLimiter.pauseUntil(kNow + 50s, kNow, kNow);
  rateLimiter.answered(kNow - 1ms);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 1s), 0) << "sent before the refusal";
  rateLimiter.answered(kNow + 1ms);
  EXPECT_EQ(leaves(rateLimiter, Priority::Cancel, kNow + 1s), 10);
}

TEST(RateLimiter, ShortensAHoldWithALaterRefusal) {
  RateLimiter rateLimiter;
  rateLimiter.pauseUntil(kNow + 50s, kNow, kNow);
  rateLimiter.pauseUntil(kNow + 3s, kNow + 1s, kNow + 2s);
  EXPECT_EQ(rateLimiter.tryAcquire(Priority::Cancel, kNow + 2s), kNow + 3s);
}

TEST(RateLimiter, HoldsForAMinuteAtMost) {
  RateLimiter rateLimiter;
  rateLimiter.pauseUntil(kNow + 1h, kNow, kNow);
  EXPECT_EQ(rateLimiter.tryAcquire(Priority::Cancel, kNow), kNow + RateLimiter::kMaxWait);
}

TEST(RateLimiter, CountsWhatIsTakenAnyway) {
  RateLimiter rateLimiter;
  rateLimiter.learn(limit(2), kNow, kNow);
  rateLimiter.acquireAnyway();
  EXPECT_EQ(leaves(rateLimiter), 1);
  rateLimiter.release();
  EXPECT_EQ(leaves(rateLimiter), 2);
}

}  // namespace
}  // namespace alpaca::broker::call

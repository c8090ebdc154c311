#include "core/rate_pacer.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::core {
namespace {

using namespace std::chrono_literals;
using Clock = RatePacer::Clock;

constexpr Clock::time_point kNow{1'000s};

RateLimit limit(int remaining, std::chrono::seconds resetAt = 100s, std::chrono::milliseconds resetIn = 30s,
                int limit = 200) {
  return {limit, remaining, std::chrono::system_clock::time_point(resetAt), resetIn};
}

// How many requests it lets go at once, up to ten.
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
  pacer.learn(limit(3), kNow);
  EXPECT_EQ(leaves(pacer), 3);
}

TEST(RatePacer, CountsWhatIsInFlight) {
  RatePacer pacer;
  pacer.learn(limit(3), kNow);
  EXPECT_FALSE(pacer.take(RateUse::Cancel, kNow));
  EXPECT_FALSE(pacer.take(RateUse::Cancel, kNow));
  EXPECT_EQ(leaves(pacer), 1);
  pacer.giveBack();
  EXPECT_EQ(leaves(pacer), 2);
}

TEST(RatePacer, NamesTheEndOfTheWindowWhenNothingIsLeft) {
  RatePacer pacer;
  pacer.learn(limit(0), kNow);
  EXPECT_EQ(pacer.take(RateUse::Cancel, kNow), kNow + 30s);
}

TEST(RatePacer, AsksAgainSoonWhenAnAnswerInFlightMayLeaveMore) {
  RatePacer pacer;
  pacer.learn(limit(1), kNow);
  EXPECT_FALSE(pacer.take(RateUse::Cancel, kNow));
  const auto again = pacer.take(RateUse::Cancel, kNow);
  ASSERT_TRUE(again);
  EXPECT_GT(*again, kNow);
  EXPECT_LT(*again, kNow + 1s);
}

TEST(RatePacer, TakesANewWindowForFull) {
  RatePacer pacer;
  pacer.learn(limit(0, 100s, 30s, 4), kNow);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 29s), 0);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 30s), 4);
  pacer.learn(limit(1, 160s, 30s, 4), kNow + 30s);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 30s), 1);
}

TEST(RatePacer, TakesALimitOfNothingForOneAWindow) {
  RatePacer pacer;
  pacer.learn(limit(0, 100s, 30s, 0), kNow);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 30s), 1);
}

TEST(RatePacer, IsNotMisledByAnswersThatAreOvertaken) {
  RatePacer pacer;
  pacer.learn(limit(2), kNow);
  pacer.learn(limit(5), kNow);  // sent before the one above
  EXPECT_EQ(leaves(pacer), 2);
  pacer.learn(limit(9, 40s), kNow);  // of the window before
  EXPECT_EQ(leaves(pacer), 2);
  pacer.learn(limit(9, 160s), kNow);  // of the next one
  EXPECT_EQ(leaves(pacer), 9);
}

TEST(RatePacer, BelievesAnythingOnceItsWindowIsOver) {
  RatePacer pacer;
  pacer.learn(limit(0), kNow);
  pacer.learn(limit(7, 50s, 10s), kNow + 31s);  // a broker whose windows move back
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 31s), 7);
}

TEST(RatePacer, LeavesATenthToTheCancels) {
  RatePacer pacer;
  pacer.learn(limit(23), kNow);
  EXPECT_EQ(leaves(pacer, RateUse::Read), 3);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel), 10);
  pacer.learn(limit(20), kNow);
  EXPECT_EQ(pacer.take(RateUse::Read, kNow), kNow + 30s);
}

TEST(RatePacer, HoldsEverythingWhenTheBrokerAsksForIt) {
  RatePacer pacer;
  pacer.hold(kNow + 5s);
  pacer.hold(kNow + 2s);
  EXPECT_EQ(pacer.take(RateUse::Cancel, kNow), kNow + 5s);
  EXPECT_EQ(leaves(pacer, RateUse::Cancel, kNow + 5s), 10);
}

}  // namespace
}  // namespace alpaca::broker::core

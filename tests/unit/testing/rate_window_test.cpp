#include "testing/rate_window.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace alpaca::broker::testing {
namespace {

using namespace std::chrono_literals;

WallTime at(std::chrono::nanoseconds sinceEpoch) { return WallTime(sinceEpoch); }

TEST(RateWindow, CountsDownAndThenRefuses) {
  RateWindow window(2, 60s);
  EXPECT_EQ(window.count(at(100s)).remaining, 1);
  const auto last = window.count(at(101s));
  EXPECT_FALSE(last.beyondLimit);
  EXPECT_EQ(last.remaining, 0);
  for (int i = 0; i < 3; ++i) {
    const auto beyond = window.count(at(102s));
    EXPECT_TRUE(beyond.beyondLimit);
    EXPECT_EQ(beyond.remaining, 0);
  }
}

TEST(RateWindow, BeginsAnewWhenItHasEndedAndNotBefore) {
  RateWindow window(1, 60s);
  window.count(at(100s));
  EXPECT_TRUE(window.count(at(160s - 1ns)).beyondLimit);
  const auto first = window.count(at(160s));
  EXPECT_FALSE(first.beyondLimit);
  EXPECT_EQ(first.resetAt, 220s);
}

TEST(RateWindow, NamesItsEndNeverTooEarly) {
  RateWindow window(1, 60s);
  const auto first = window.count(at(100s + 1ns));
  EXPECT_EQ(first.resetAt, 161s);
  EXPECT_TRUE(window.count(at(161s - 1ns)).beyondLimit);
  EXPECT_FALSE(window.count(at(161s)).beyondLimit);
}

TEST(RateWindow, LetsThroughWhoeverWaitsAsLongAsItSays) {
  RateWindow window(1, 10s);
  window.count(at(100s + 300ms));
  const WallTime refused = at(104s + 900ms);
  const auto beyond = window.count(refused);
  EXPECT_EQ(beyond.retryAfter, 7s);
  EXPECT_FALSE(window.count(refused + beyond.retryAfter).beyondLimit);
}

TEST(RateWindow, BeginsAnewWhenTheClockIsSetBack) {
  RateWindow window(1, 60s);
  window.count(at(100s));
  const auto earlier = window.count(at(99s));
  EXPECT_FALSE(earlier.beyondLimit);
  EXPECT_EQ(earlier.resetAt, 159s);
}

TEST(RateWindow, CannotBeShorterThanASecond) {
  EXPECT_THROW(RateWindow(1, 0s), std::invalid_argument);
  EXPECT_NO_THROW(RateWindow(1, 1s));
}

TEST(RateWindow, OfNothingRefusesAll) { EXPECT_TRUE(RateWindow(0, 60s).count(at(100s)).beyondLimit); }

}  // namespace
}  // namespace alpaca::broker::testing

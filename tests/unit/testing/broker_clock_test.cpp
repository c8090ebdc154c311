#include "testing/broker_clock.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace alpaca::broker::testing {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNoon{1'700'000'000s};

TEST(BrokerClock, StartsAtTheSystemsTimeAndRuns) {
  const WallTime before = std::chrono::system_clock::now();
  const BrokerClock clock;
  const WallTime first = clock.now();
  EXPECT_GE(first, before - 1min);  // the system's time may be corrected meanwhile
  EXPECT_LT(first, before + 10min);
  while (clock.now() == first) {
  }
  EXPECT_GT(clock.now(), first);
}

TEST(BrokerClock, StandsStillOnceItIsSet) {
  BrokerClock clock;
  clock.set(kNoon);
  EXPECT_EQ(clock.now(), kNoon);
  clock.advance(1h);
  EXPECT_EQ(clock.now(), kNoon + 1h);
  clock.set(kNoon - 24h);
  EXPECT_EQ(clock.now(), kNoon - 24h);
}

TEST(BrokerClock, RunsOnWhenItIsAdvanced) {
  BrokerClock clock;
  const WallTime before = clock.now();
  clock.advance(24h);
  const WallTime after = clock.now();
  EXPECT_GE(after, before + 24h);
  while (clock.now() == after) {
  }
}

TEST(BrokerClock, KeepsToTheYearsThatItCanWrite) {
  BrokerClock clock;
  EXPECT_THROW(clock.set(WallTime(-1ns)), std::invalid_argument);
  EXPECT_THROW(clock.set(WallTime::max()), std::invalid_argument);
  clock.set(WallTime(0s));
  EXPECT_THROW(clock.advance(-1ns), std::invalid_argument);
  EXPECT_THROW(clock.advance(std::chrono::nanoseconds::max()), std::invalid_argument);
  EXPECT_EQ(clock.now(), WallTime(0s));
  clock.advance(parseTime("2261-12-31T23:59:59Z")->time_since_epoch());
  EXPECT_THROW(clock.advance(1ns), std::invalid_argument);
}

}  // namespace
}  // namespace alpaca::broker::testing

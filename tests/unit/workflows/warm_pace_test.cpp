#include "workflows/warm_pace.hpp"

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace alpaca::broker::workflows {
namespace {

using namespace std::chrono_literals;
using TimePoint = WarmPace::TimePoint;

const TimePoint kStart{1h};

TEST(WarmPace, LooksAtOnceAndThenFourTimesInAnInterval) {
  WarmPace pace({3, 40s}, kStart);
  EXPECT_EQ(pace.due(), kStart);
  EXPECT_EQ(pace.wanted(), 3U);
  for (int look = 1; look <= 5; ++look) {
    pace.looked(0, kStart + look * 10s - 9s);
    EXPECT_EQ(pace.due(), kStart + look * 10s);
    EXPECT_EQ(pace.unusedSince(), pace.due() - 30s);
  }
}

TEST(WarmPace, FindsAConnectionThatItWarmedColdAnIntervalLater) {
  WarmPace pace({1, 40s}, kStart);
  const TimePoint warmed = kStart + 1ns;
  const std::vector<TimePoint> looks{kStart + 10s, kStart + 20s, kStart + 30s, kStart + 40s};
  for (const TimePoint look : looks) {
    pace.looked(0, look - 9s);
    EXPECT_EQ(warmed < pace.unusedSince(), look == looks.back());
  }
}

TEST(WarmPace, PutsTheNextLookOffWhenOneTakesLong) {
  WarmPace pace({1, 40s}, kStart);
  pace.looked(1, kStart + 25s);
  EXPECT_EQ(pace.due(), kStart + 25s);
  EXPECT_EQ(pace.unusedSince(), kStart - 5s);
  pace.looked(0, kStart + 26s);
  EXPECT_EQ(pace.due(), kStart + 35s);
}

struct Row {
  const char* name;
  std::vector<std::size_t> before;  // requests of each look so far
  std::size_t cold;
  std::size_t requests;
};

class WarmPaceOfFour : public ::testing::TestWithParam<Row> {};

TEST_P(WarmPaceOfFour, SendsNoMoreInAnIntervalThanThereAreConnections) {
  const Row& row = GetParam();
  WarmPace pace({4, 40s}, kStart);
  for (const std::size_t requests : row.before) pace.looked(requests, pace.due());
  EXPECT_EQ(pace.requestsFor(row.cold), row.requests);
}

INSTANTIATE_TEST_SUITE_P(
    Table, WarmPaceOfFour,
    ::testing::Values(Row{"AllAtFirst", {}, 4, 4}, Row{"OnlyWhatIsCold", {}, 1, 1}, Row{"NothingThatIsWarm", {}, 0, 0},
                      Row{"NoneAfterAll", {4}, 4, 0}, Row{"NoneTwoLooksAfterAll", {4, 0}, 4, 0},
                      Row{"NoneThreeLooksAfterAll", {4, 0, 0}, 4, 0}, Row{"AllAnIntervalAfterAll", {4, 0, 0, 0}, 4, 4},
                      Row{"TheRest", {1, 0, 1}, 4, 2}, Row{"TheRestIfItIsCold", {1, 0, 1}, 1, 1},
                      Row{"WhatFreesUp", {2, 1, 1, 2}, 4, 0}, Row{"WhatHasFreedUp", {2, 1, 1, 0}, 4, 2},
                      Row{"NoneAfterMoreThanAll", {5}, 4, 0}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::workflows

#include "base/exponential_backoff.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace alpaca::broker::base {
namespace {

using namespace std::chrono_literals;

struct Doubling {
  const char* name;
  std::chrono::milliseconds first;
  int times;
  std::chrono::milliseconds most;
  std::chrono::milliseconds comesTo;
};

class Doubled : public ::testing::TestWithParam<Doubling> {};

TEST_P(Doubled, IsAtMostTheMost) {
  const Doubling& row = GetParam();
  EXPECT_EQ(exponentialBackoff(row.first, row.times, row.most), row.comesTo);
}

INSTANTIATE_TEST_SUITE_P(Table, Doubled,
                         ::testing::Values(Doubling{"NotYet", 50ms, 0, 1s, 50ms}, Doubling{"Once", 50ms, 1, 1s, 100ms},
                                           Doubling{"UpToTheMost", 50ms, 3, 400ms, 400ms},
                                           Doubling{"BeyondTheMost", 50ms, 4, 700ms, 700ms},
                                           Doubling{"FirstBeyondTheMost", 2s, 0, 1s, 1s},
                                           Doubling{"ForEver", 1ms, std::numeric_limits<int>::max(), 24h, 24h},
                                           Doubling{"LessThanNever", 50ms, -1, 1s, 50ms}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace alpaca::broker::base

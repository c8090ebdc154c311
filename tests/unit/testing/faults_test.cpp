#include "testing/faults.hpp"

#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <stdexcept>
#include <vector>

namespace alpaca::broker::testing {
namespace {

const ReceivedRequest kRead{"GET", "/v1/clock", {}, {}};

ReceivedRequest cancelOf(const char* order) {
  return {"DELETE", "/v1/trading/accounts/" + test::account().str() + "/orders/" + order, {}, {}};
}

std::optional<MockFault> nextFault(FaultPlan& plan, const ReceivedRequest& request = kRead) {
  const auto outcome = plan.next(request);
  return outcome ? std::optional(std::get<MockFault>(*outcome)) : std::nullopt;
}

std::vector<std::optional<MockFault>> draw(FaultPlan& plan, int count) {
  std::vector<std::optional<MockFault>> drawn;
  drawn.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) drawn.push_back(nextFault(plan));
  return drawn;
}

TEST(FaultPlan, LetsAllGoWellWithoutOrders) { EXPECT_FALSE(FaultPlan().next(kRead)); }

TEST(FaultPlan, QueuesAnswersAndFaultsTogether) {
  FaultPlan plan;
  plan.push(MockFault::Stall, {});
  plan.push(Answer{500}, {});
  plan.push(MockFault::LostAnswer, {});
  EXPECT_EQ(nextFault(plan), MockFault::Stall);
  EXPECT_EQ(std::get<Answer>(plan.next(kRead).value()).status, 500);
  EXPECT_EQ(nextFault(plan), MockFault::LostAnswer);
  EXPECT_FALSE(plan.next(kRead));
}

TEST(FaultPlan, DrawsTheSameForTheSameSeed) {
  FaultPlan one;
  FaultPlan same;
  FaultPlan other;
  one.inject(0.5, 1, {}, {});
  same.inject(0.5, 1, {}, {});
  other.inject(0.5, 2, {}, {});
  const auto drawn = draw(one, 100);
  EXPECT_EQ(drawn, draw(same, 100));
  EXPECT_NE(drawn, draw(other, 100));
}

TEST(FaultPlan, DrawsAtItsRate) {
  FaultPlan plan;
  plan.inject(0.1, 1, {}, {});
  const auto drawn = draw(plan, 10'000);
  const auto well = std::count(drawn.begin(), drawn.end(), std::nullopt);
  EXPECT_GT(well, 8'800);
  EXPECT_LT(well, 9'200);
}

TEST(FaultPlan, DrawsAllKindsUnlessToldWhich) {
  FaultPlan plan;
  plan.inject(1, 1, {}, {});
  const auto all = draw(plan, 1000);
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 8U);
  plan.inject(1, 1, {MockFault::LostRequest}, {});
  const auto one = draw(plan, 100);
  EXPECT_EQ(std::set(one.begin(), one.end()), (std::set{std::optional(MockFault::LostRequest)}));
}

TEST(FaultPlan, EndsWithARateOfZero) {
  FaultPlan plan;
  plan.inject(1, 1, {}, {});
  plan.inject(0, 1, {}, {});
  const auto drawn = draw(plan, 1000);
  EXPECT_EQ(std::set(drawn.begin(), drawn.end()).size(), 1U);
  EXPECT_FALSE(drawn.front());
}

TEST(FaultPlan, DrawsOnlyWhenTheQueueIsEmpty) {
  FaultPlan plan;
  plan.inject(1, 1, {MockFault::LostRequest}, {});
  plan.push(MockFault::Stall, {});
  EXPECT_EQ(nextFault(plan), MockFault::Stall);
  EXPECT_EQ(nextFault(plan), MockFault::LostRequest);
}

TEST(FaultPlan, GivesARequestTheOldestOutcomeThatMatchesIt) {
  FaultPlan plan;
  plan.push(MockFault::Stall, {"", test::order("o1")});
  plan.push(MockFault::LostAnswer, {"DELETE"});
  plan.push(MockFault::LostRequest, {});
  EXPECT_EQ(nextFault(plan, cancelOf("o2")), MockFault::LostAnswer);
  EXPECT_EQ(nextFault(plan), MockFault::LostRequest);
  EXPECT_EQ(nextFault(plan), std::nullopt);
  EXPECT_EQ(nextFault(plan, cancelOf("o1")), MockFault::Stall) << "it stayed in the queue until then";
}

TEST(FaultPlan, DrawsForTheLastCallThatMatches) {
  FaultPlan plan;
  plan.inject(1, 1, {MockFault::Stall}, {"DELETE"});
  plan.inject(1, 1, {MockFault::LostAnswer}, {"", test::order("o1")});
  EXPECT_EQ(nextFault(plan, cancelOf("o1")), MockFault::LostAnswer);
  EXPECT_EQ(nextFault(plan, cancelOf("o2")), MockFault::Stall);
  EXPECT_EQ(nextFault(plan), std::nullopt);
  plan.inject(0, 1, {}, {"delete"});  // the same requests, whatever the case
  EXPECT_EQ(nextFault(plan, cancelOf("o1")), std::nullopt);
}

TEST(FaultPlan, DelaysAsTheLastCallThatMatchesSays) {
  using std::chrono::milliseconds;
  FaultPlan plan;
  EXPECT_EQ(plan.delayOf(kRead), milliseconds(0));
  plan.delay(milliseconds(5), {});
  plan.delay(milliseconds(7), {"", test::order("o1")});
  EXPECT_EQ(plan.delayOf(kRead), milliseconds(5));
  EXPECT_EQ(plan.delayOf(cancelOf("o1")), milliseconds(7));
  plan.delay(milliseconds(0), {});
  EXPECT_EQ(plan.delayOf(kRead), milliseconds(0));
  EXPECT_EQ(plan.delayOf(cancelOf("o1")), milliseconds(0));
}

TEST(FaultPlan, RefusesNonsense) {
  FaultPlan plan;
  EXPECT_THROW(plan.push(Answer{199}, {}), std::invalid_argument);
  EXPECT_THROW(plan.push(Answer{600}, {}), std::invalid_argument);
  EXPECT_THROW(plan.inject(-0.1, 1, {}, {}), std::invalid_argument);
  EXPECT_THROW(plan.inject(1.1, 1, {}, {}), std::invalid_argument);
  EXPECT_THROW(plan.inject(std::numeric_limits<double>::quiet_NaN(), 1, {}, {}), std::invalid_argument);
  EXPECT_FALSE(plan.next(kRead));
}

}  // namespace
}  // namespace alpaca::broker::testing

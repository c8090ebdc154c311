#include "workflows/page_order.hpp"

#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using ::testing::ElementsAre;
using namespace std::chrono_literals;

constexpr auto kNewest = OrderFilter::Direction::NewestFirst;
constexpr auto kOldest = OrderFilter::Direction::OldestFirst;

Order at(std::chrono::nanoseconds time, const std::string& id = "a") {
  Order order{test::order(id)};
  order.submittedAt = Timestamp{model::Nanotime(time), "then"};
  return order;
}

Order withoutTime(const std::string& id = "none") { return Order{test::order(id)}; }

TEST(PageOrder, KnowsNoTimeThatCannotBeRead) {
  EXPECT_EQ(timeOf(withoutTime()), std::nullopt);
  Order unreadable = at(5s);
  unreadable.submittedAt->readable = false;
  EXPECT_EQ(timeOf(unreadable), std::nullopt);
  EXPECT_EQ(timeOf(at(5s)), model::Nanotime(5s));
}

TEST(PageOrder, MeasuresByHowMuchAnOrderComesTooLate) {
  EXPECT_EQ(disorderOf({}, kNewest), 0ns);
  EXPECT_EQ(disorderOf({at(3s), at(2s), at(2s), at(1s)}, kNewest), 0ns);
  EXPECT_EQ(disorderOf({at(3s), withoutTime(), at(1s), at(2s)}, kNewest), 1s);
  EXPECT_EQ(disorderOf({at(1s), at(2s), at(3s)}, kNewest), 2s);
  EXPECT_EQ(disorderOf({at(1s), at(2s), at(3s)}, kOldest), 0ns);
  EXPECT_EQ(disorderOf({at(5s), at(9s), at(8s), at(6s)}, kOldest), 3s);
}

TEST(PageOrder, SortsInEitherDirectionAndLeavesWhatHasNoTimeBehind) {
  std::vector<Order> orders{withoutTime("x"), at(1s, "a"), at(3s, "c"), at(2s, "b")};
  const auto ids = [&] {
    std::vector<std::string> texts;
    for (const Order& order : orders) texts.push_back(order.id.str());
    return texts;
  };
  sortBySubmission(orders, kOldest);
  EXPECT_THAT(ids(), ElementsAre("a", "b", "c", "x"));
  sortBySubmission(orders, kNewest);
  EXPECT_THAT(ids(), ElementsAre("c", "b", "a", "x"));
}

TEST(PageOrder, FindsTheLastAndTheLatestWithATime) {
  const std::vector<Order> orders{at(2s, "b"), at(1s, "a"), withoutTime()};
  EXPECT_EQ(lastWithTime(orders)->id.str(), "a");
  EXPECT_EQ(latest(orders), model::Nanotime(2s));
  EXPECT_EQ(lastWithTime({withoutTime()}), nullptr);
  EXPECT_EQ(latest({withoutTime()}), std::nullopt);
}

}  // namespace
}  // namespace alpaca::broker::workflows

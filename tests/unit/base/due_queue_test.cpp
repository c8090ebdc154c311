#include "base/due_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace alpaca::broker::base {
namespace {

using ::testing::ElementsAre;
using namespace std::chrono_literals;

std::vector<std::size_t> drained(DueQueue& queue) {
  std::vector<std::size_t> numbers;
  while (const auto entry = queue.take()) numbers.push_back(entry->number);
  return numbers;
}

TEST(DueQueue, GivesWhatIsDueFirst) {
  const DueQueue::TimePoint now{};
  DueQueue queue(4);
  queue.add(now + 3s, 0);
  queue.add(now + 1s, 1);
  queue.add(now + 2s, 2);
  const auto first = queue.take();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->due, now + 1s);
  EXPECT_EQ(first->number, 1U);
  queue.add(now, 3);
  EXPECT_THAT(drained(queue), ElementsAre(3, 2, 0));
}

TEST(DueQueue, GivesWhatHasWaitedLongestOfThoseThatAreDueTogether) {
  DueQueue queue(100);
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < 100; ++i) {
    queue.add({}, i);
    all.push_back(i);
  }
  EXPECT_EQ(drained(queue), all);
}

}  // namespace
}  // namespace alpaca::broker::base

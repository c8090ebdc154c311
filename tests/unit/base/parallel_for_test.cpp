#include "base/parallel_for.hpp"

#include "support/gate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace alpaca::broker::base {
namespace {

TEST(FanOut, DoesEachPieceOnce) {
  std::vector<std::atomic<int>> times(1'000);
  parallelFor(times.size(), 8, [&](std::size_t i) { ++times[i]; });
  for (const auto& count : times) EXPECT_EQ(count, 1);
}

TEST(FanOut, DoesNothingForNothing) {
  parallelFor(0, 4, [](std::size_t) { FAIL(); });
}

TEST(FanOut, WorksOnSoManyAtOnce) {
  test::Counter atWork;
  parallelFor(4, 4, [&](std::size_t) {
    atWork.add();
    EXPECT_TRUE(atWork.waitFor(4));  // no thread continues until four are working together
  });
}

TEST(FanOut, NeedsNoThreadForOneAtATime) {
  std::set<std::thread::id> threads;
  std::vector<std::size_t> order;
  parallelFor(5, 1, [&](std::size_t i) {
    threads.insert(std::this_thread::get_id());
    order.push_back(i);
  });
  EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(FanOut, BeginsNoMoreOnceItMayNotGoOn) {
  for (const std::size_t threads : {1U, 4U}) {
    std::atomic<int> done{0};
    const std::size_t begun = parallelFor(
        1'000'000, threads, [&](std::size_t) { ++done; }, [&] { return done < 10; });
    EXPECT_EQ(begun, static_cast<std::size_t>(done));
    EXPECT_GE(begun, 10U);
    EXPECT_LT(begun, 10U + threads);
  }
  EXPECT_EQ(parallelFor(7, 3, [](std::size_t) {}), 7U);
}

TEST(FanOut, FinishesEverythingBeforeItThrowsOn) {
  for (const std::size_t threads : {1U, 4U}) {
    std::atomic<int> done{0};
    EXPECT_THROW(parallelFor(20, threads,
                             [&](std::size_t i) {
                               ++done;
                               if (i == 3) throw std::runtime_error("no memory, say");
                             }),
                 std::runtime_error);
    EXPECT_EQ(done, 20);
  }
}

}  // namespace
}  // namespace alpaca::broker::base

#include "base/progress_feed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace alpaca::broker::base {
namespace {

TEST(ProgressFeed, ShowsTheLatestStateOnTheCallingThread) {
  ProgressFeed<int> feed(0);
  std::vector<int> seen;
  runWatched<int>(
      feed,
      [&, pipeline = std::this_thread::get_id()](int done) {
        EXPECT_EQ(std::this_thread::get_id(), pipeline);
        seen.push_back(done);
      },
      [&] {
        for (int i = 0; i < 100; ++i) feed.update([](int& done) { ++done; });
      });
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
  EXPECT_EQ(seen.back(), 100);
}

TEST(ProgressFeed, HoldsNothingUpHoweverLongOneWatches) {
  ProgressFeed<int> feed(0);
  std::promise<void> worked;
  runWatched<int>(
      feed, [&](int) { worked.get_future().wait(); },  // returns only after all the work is done
      [&] {
        for (int i = 0; i < 100; ++i) feed.update([](int& done) { ++done; });
        worked.set_value();
      });
}

TEST(ProgressFeed, NeedsNoThreadWithoutSomebodyWhoWatches) {
  ProgressFeed<int> feed(0);
  std::thread::id worker;
  runWatched<int>(feed, {}, [&] { worker = std::this_thread::get_id(); });
  EXPECT_EQ(worker, std::this_thread::get_id());
}

TEST(ProgressFeed, DropsWhatIsThrownByWhoWatches) {
  ProgressFeed<int> feed(0);
  bool done = false;
  runWatched<int>(
      feed, [](int) { throw std::runtime_error("no terminal"); },
      [&] {
        feed.update([](int& progress) { ++progress; });
        done = true;
      });
  EXPECT_TRUE(done);
}

TEST(ProgressFeed, ThrowsOnWhatTheWorkThrows) {
  ProgressFeed<int> feed(0);
  EXPECT_THROW(runWatched<int>(
                   feed, [](int) {}, [] { throw std::runtime_error("no memory, say"); }),
               std::runtime_error);
}

// An empty Function used to become a std::function that throws, for each news, beside a thread of its own.
TEST(RunWatched, RunsOnTheCallingThreadWithoutAWatcher) {
  ProgressFeed<int> feed(0);
  std::thread::id ranOn;
  runWatched<int>(feed, {}, [&] { ranOn = std::this_thread::get_id(); });
  EXPECT_EQ(ranOn, std::this_thread::get_id());
}

}  // namespace
}  // namespace alpaca::broker::base

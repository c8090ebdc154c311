#include <alpaca/broker/stop.hpp>

#include "model/stop_callback.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace alpaca::broker {
namespace {

TEST(StopToken, OfNoSourceNeverStops) { EXPECT_FALSE(StopToken{}.stopRequested()); }

TEST(StopToken, KnowsOfItsSourcesStopAlsoWhenTheSourceIsGone) {
  StopToken token;
  {
    StopSource source;
    token = source.token();
    EXPECT_FALSE(token.stopRequested());
    source.requestStop();
  }
  EXPECT_TRUE(token.stopRequested());
}

TEST(StopCallbackTest, RunsOnceWhenAStopIsRequested) {
  StopSource source;
  int runs = 0;
  const StopCallback callback(source.token(), [&] { ++runs; });
  EXPECT_EQ(runs, 0);
  source.requestStop();
  source.requestStop();
  EXPECT_EQ(runs, 1);
}

TEST(StopCallbackTest, RunsAtOnceWhenAStopWasRequestedBefore) {
  StopSource source;
  source.requestStop();
  int runs = 0;
  const StopCallback callback(source.token(), [&] { ++runs; });
  EXPECT_EQ(runs, 1);
}

TEST(StopCallbackTest, DoesNotRunAnyMoreWhenItIsGone) {
  StopSource source;
  int runs = 0;
  {
    const StopCallback callback(source.token(), [&] { ++runs; });
  }
  source.requestStop();
  EXPECT_EQ(runs, 0);
}

TEST(StopCallbackTest, OfNoSourceDoesNothing) {
  int runs = 0;
  {
    const StopCallback callback(StopToken{}, [&] { ++runs; });
  }
  EXPECT_EQ(runs, 0);
}

TEST(StopCallbackTest, MayComeAndGoWhileAnotherThreadStops) {
  for (int i = 0; i < 200; ++i) {
    StopSource source;
    std::atomic<int> runs{0};
    std::thread stopper([&] { source.requestStop(); });
    {
      const StopCallback callback(source.token(), [&] { ++runs; });
    }
    stopper.join();
    EXPECT_LE(runs, 1);
  }
}

}  // namespace
}  // namespace alpaca::broker

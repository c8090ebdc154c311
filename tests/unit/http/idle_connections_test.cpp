#include "http/idle_connections.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace alpaca::broker::http {
namespace {

using namespace std::chrono_literals;

const TimePoint kStart = std::chrono::steady_clock::now();

PooledConnection usedAt(std::chrono::seconds time) {
  const ConnectionSettings settings{"https://broker.example"};
  return {std::make_unique<Connection>(settings), kStart + time, true};
}

TEST(IdleConnections, GiveOutTheLastUsedOneWhateverTheOrderOfTheirReturn) {
  IdleConnections idle(3);
  idle.giveBack(usedAt(2s));
  idle.giveBack(usedAt(3s));
  idle.giveBack(usedAt(1s));
  EXPECT_EQ(idle.takeLastUsed().lastUse, kStart + 3s);
  EXPECT_EQ(idle.takeLastUsed().lastUse, kStart + 2s);
  EXPECT_EQ(idle.takeLastUsed().lastUse, kStart + 1s);
  EXPECT_FALSE(idle.takeLastUsed().connection);
}

TEST(IdleConnections, GiveOutTheOneUnusedLongestIfItIsUnusedLongEnough) {
  IdleConnections idle(2);
  idle.giveBack(usedAt(1s));
  idle.giveBack(usedAt(2s));
  EXPECT_FALSE(idle.takeUnusedSince(kStart + 1s).connection);
  EXPECT_EQ(idle.takeUnusedSince(kStart + 5s).lastUse, kStart + 1s);
  EXPECT_EQ(idle.takeUnusedSince(kStart + 5s).lastUse, kStart + 2s);
  EXPECT_FALSE(idle.takeUnusedSince(kStart + 5s).connection);
}

TEST(IdleConnections, CountThoseUsedSince) {
  IdleConnections idle(3);
  for (const auto time : {1s, 2s, 3s}) idle.giveBack(usedAt(time));
  EXPECT_EQ(idle.usedSince(kStart), 3U);
  EXPECT_EQ(idle.usedSince(kStart + 2s), 2U);
  EXPECT_EQ(idle.usedSince(kStart + 4s), 0U);
}

TEST(PooledConnection, IsNotUsedAnyMoreWhenLibcurlWouldReplaceIt) {
  EXPECT_TRUE(usedAt(0s).isUsable(kStart + 117s));
  EXPECT_FALSE(usedAt(0s).isUsable(kStart + 118s));
}

TEST(PooledConnection, DoesNotAgeBeforeItIsOpened) {
  PooledConnection prepared = usedAt(0s);
  prepared.lastUse = TimePoint::min();
  prepared.established = false;
  EXPECT_TRUE(prepared.isUsable(kStart + 24h));
}

}  // namespace
}  // namespace alpaca::broker::http

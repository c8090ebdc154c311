// Requests that keep connections warm, as the server sees them.
#include "faults/pool_call.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using http::ConnectionPool;
using http::Failure;
using http::TimePoint;
using test::cancelOf;
using test::Gate;
using test::kAccepted;
using test::Peer;
using test::PoolCall;
using test::poolSettings;
using test::ScriptedServer;
using test::warming;
using test::within;
using namespace std::chrono_literals;

// Records which request arrives on which connection, and delays the answers to "/hold" until the gate is open.
class PoolWarming : public ::testing::Test {
 protected:
  static constexpr int kMax = 4;

  // Opens two connections and leaves them idle: number 1 was used before `between`, number 0 after it.
  void openTwo(ConnectionPool& pool) {
    PoolCall first(pool, cancelOf("/hold"));
    EXPECT_TRUE(held.waitForArrivals(1));
    EXPECT_TRUE(pool.run(cancelOf("/"), within()).response);  // on the second connection
    between = now();
    held.open();
    EXPECT_TRUE(first.get().response);
    EXPECT_EQ(server.connections(), 2);
    older = 1;
    newer = 0;
  }

  static TimePoint now() { return std::chrono::steady_clock::now(); }

  Gate held;
  std::array<std::atomic<int>, kMax> requests{};
  std::array<std::atomic<bool>, kMax> closed{};
  ScriptedServer server{{serve(0), serve(1), serve(2), serve(3)}};
  TimePoint between{};
  std::size_t older = 0;
  std::size_t newer = 0;

 private:
  ScriptedServer::Script serve(std::size_t number) {
    return [this, number](Peer& peer) {
      for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest()) {
        ++requests.at(number);
        if (request.find("/hold ") != std::string::npos) held.pass();
        peer.send(kAccepted);
      }
      closed.at(number) = true;
    };
  }
};

TEST_F(PoolWarming, UsesTheConnectionThatWasUnusedLongest) {
  ConnectionPool pool(poolSettings(server.url()), 3);
  openTwo(pool);
  const TimePoint since = now();
  EXPECT_TRUE(pool.run(warming("/", since), within()).response);
  EXPECT_EQ(requests.at(older), 2);
  EXPECT_EQ(requests.at(newer), 1);
  EXPECT_TRUE(pool.run(warming("/", since), within()).response);
  EXPECT_EQ(requests.at(older), 2);
  EXPECT_EQ(requests.at(newer), 2);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(PoolWarming, OpensAnotherConnectionWhenAllAreWarm) {
  ConnectionPool pool(poolSettings(server.url()), 3);
  openTwo(pool);
  const auto exchange = pool.run(warming("/", TimePoint{}), within());
  EXPECT_TRUE(exchange.response);
  EXPECT_FALSE(exchange.connectionReused);
  EXPECT_EQ(server.connections(), 3);
  EXPECT_FALSE(closed.at(0) || closed.at(1) || closed.at(2));
}

TEST_F(PoolWarming, ClosesWhatWasUnusedLongestWhenThereAreTooMany) {
  ConnectionPool pool(poolSettings(server.url()), 2);
  openTwo(pool);
  EXPECT_TRUE(pool.run(warming("/", TimePoint{}), within()).response);  // on a third connection
  EXPECT_TRUE(test::eventually([&] { return closed.at(older).load(); }));
  EXPECT_FALSE(closed.at(newer));
  EXPECT_EQ(pool.coldConnections(2, between), 0U);
  EXPECT_TRUE(pool.run(cancelOf("/"), within()).connectionReused);
  EXPECT_EQ(requests.at(2), 2);
}

TEST_F(PoolWarming, TakesNoPlaceFromACancel) {
  ConnectionPool pool(poolSettings(server.url()), 1);
  ASSERT_TRUE(pool.run(cancelOf("/"), within()).response);
  PoolCall slow(pool, warming("/hold", now()));
  EXPECT_TRUE(held.waitForArrivals(1));
  EXPECT_TRUE(pool.run(cancelOf("/"), within(10s)).response);
  held.open();
  EXPECT_TRUE(slow.get().connectionReused);
  EXPECT_TRUE(test::eventually([&] { return closed.at(1).load(); }));  // the pool may keep only one
  EXPECT_TRUE(pool.run(cancelOf("/"), within()).connectionReused);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(PoolWarming, CountsConnectionsInUseOrLatelyUsedAsWarm) {
  ConnectionPool pool(poolSettings(server.url()), 3);
  EXPECT_EQ(pool.coldConnections(2, TimePoint{}), 2U);  // a connection that is only prepared counts as cold
  openTwo(pool);
  EXPECT_EQ(pool.coldConnections(3, TimePoint{}), 1U);
  EXPECT_EQ(pool.coldConnections(1, TimePoint{}), 0U);
  const TimePoint later = now();
  EXPECT_EQ(pool.coldConnections(3, later), 3U);
  EXPECT_TRUE(pool.run(cancelOf("/"), within()).response);
  EXPECT_EQ(pool.coldConnections(3, later), 2U);
}

TEST_F(PoolWarming, CountsAConnectionInUseAsWarmHoweverLongItTakes) {
  ConnectionPool pool(poolSettings(server.url()), 3);
  PoolCall running(pool, cancelOf("/hold"));
  EXPECT_TRUE(held.waitForArrivals(1));
  EXPECT_EQ(pool.coldConnections(2, now()), 1U);
  held.open();
  EXPECT_TRUE(running.get().response);
}

TEST_F(PoolWarming, EndsWhenItIsStopped) {
  ConnectionPool pool(poolSettings(server.url()), 1);
  StopSource stop;
  PoolCall slow(pool, warming("/hold", now()), within(30s, stop.token()));
  EXPECT_TRUE(held.waitForArrivals(1));
  stop.requestStop();
  EXPECT_EQ(slow.get().failure, Failure::Aborted);
  held.open();
}

TEST_F(PoolWarming, EndsWhenThePoolIsClosed) {
  ConnectionPool pool(poolSettings(server.url()), 1);
  PoolCall slow(pool, warming("/hold", now()));
  EXPECT_TRUE(held.waitForArrivals(1));
  pool.close();
  EXPECT_EQ(slow.get().failure, Failure::Aborted);
  EXPECT_EQ(pool.run(warming("/", now()), within()).failure, Failure::Aborted);
  held.open();
}

}  // namespace
}  // namespace alpaca::broker

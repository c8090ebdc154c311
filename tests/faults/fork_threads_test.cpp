// A child that is made by fork() in the middle of what a client does, or with a stop of the parent's at hand.
#include "base/parallel_for.hpp"
#include "faults/child_of_a_thread.hpp"
#include "faults/child_process.hpp"
#include "model/stop_callback.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace alpaca::broker {
namespace {

using test::account;
using test::ChildOfAThread;
using test::Counter;
using test::expectInChild;
using test::Gate;
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::ScriptedServer;
using namespace std::chrono_literals;

const Credentials kCredentials{"guard-api-key", "guard-api-secret"};

void acceptAll(Peer& peer) {
  while (!peer.readRequest().empty()) peer.send(kAccepted);
}

// What it would do takes locks of the parent's client.
TEST(ChildWithAStopSource, StopsNoCallOfTheParent) {
  StopSource stop;
  int stopped = 0;
  const StopCallback parents(stop.token(), [&] { ++stopped; });
  expectInChild([&] {
    const StopCallback own(stop.token(), [&] { stopped += 10; });
    stop.requestStop();
    EXPECT_EQ(stopped, 10);
  });
  EXPECT_FALSE(stop.token().stopRequested());
  stop.requestStop();
  EXPECT_EQ(stopped, 1);
}

// --- made on a thread of the client's own ----------------------------------------------------------------------------

TEST(ChildOfACallback, EndsWithIt) {
  ScriptedServer server({acceptAll});
  BrokerClient client{kCredentials, oneAttemptAt(server.url())};
  ChildOfAThread child;
  EXPECT_TRUE(client.cancelOrderAsync(account(), order(), [&](const auto&) { child.fork(); }));
  EXPECT_EQ(child.wait(), 0);
  EXPECT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(server.deliveries(), 2);
}

// The parent's call is tried again; the child's copy of it is not, and its callback does not run there.
class ChildOfAnObserver : public ::testing::Test {
 protected:
  ChildOfAnObserver() {
    options.retry.maxAttempts = 2;
    options.retry.backoffBase = 1ms;
    options.observer = [this](const AttemptEvent&) { child.fork(); };
  }

  ChildOfAThread child;
  ScriptedServer server{{[](Peer& peer) {
                           peer.answer(test::response("503 Service Unavailable", ""));
                           acceptAll(peer);
                         },
                         acceptAll}};
  ClientOptions options = oneAttemptAt(server.url());
};

TEST_F(ChildOfAnObserver, RunsNoCallbackOfAnAsynchronousCall) {
  BrokerClient client{kCredentials, options};
  Counter callbacks;
  EXPECT_TRUE(client.cancelOrderAsync(account(), order(), [&](const auto& result) {
    if (child.isHere()) ::_exit(7);
    EXPECT_TRUE(result);
    callbacks.add();
  }));
  EXPECT_TRUE(callbacks.waitFor(1));
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(server.deliveries(), 2);
}

TEST(ChildOfAnObserverOfAConfirmation, RunsNoCallbackAndTellsNoEnd) {
  ChildOfAThread child;
  ScriptedServer server{{[](Peer& peer) { peer.answer(test::response("404 Not Found", "")); }}};
  ClientOptions options = oneAttemptAt(server.url());
  options.observer = [&](const AttemptEvent&) { child.fork(); };
  options.onCallEnd = [&](const CallEvent&) {
    if (child.isHere()) ::_exit(8);
  };
  BrokerClient client{kCredentials, options};
  Counter callbacks;
  EXPECT_TRUE(client.cancelOrderAndConfirmAsync(account(), order(), [&](const auto& result) {
    if (child.isHere()) ::_exit(7);
    EXPECT_EQ(result.error().kind, ErrorKind::NotFound);
    callbacks.add();
  }));
  EXPECT_TRUE(callbacks.waitFor(1));
  EXPECT_EQ(child.wait(), 0);
}

// The hook forks at the first end, and must not be called in the child again.
class ChildOfTheCallsHook : public ::testing::Test {
 protected:
  ChildOfTheCallsHook() {
    options.onCallEnd = [this](const CallEvent&) {
      if (child.isHere()) ::_exit(8);
      if (++ends == 1) child.fork();
    };
  }

  ChildOfAThread child;
  std::atomic<int> ends{0};
  ScriptedServer server{{[](Peer& peer) { acceptAll(peer); }}};
  ClientOptions options = oneAttemptAt(server.url());
};

TEST_F(ChildOfTheCallsHook, RunsNoCallbackAndTellsNoMore) {
  BrokerClient client{kCredentials, options};
  Counter callbacks;
  EXPECT_TRUE(client.cancelOrderAsync(account(), order(), [&](const auto& result) {
    if (child.isHere()) ::_exit(7);
    EXPECT_TRUE(result);
    callbacks.add();
  }));
  EXPECT_TRUE(callbacks.waitFor(1));
  EXPECT_EQ(child.wait(), 0);
}

TEST_F(ChildOfTheCallsHook, TellsNoMoreEntriesOfABatch) {
  const BrokerClient client{kCredentials, options};
  BatchOptions batch;
  batch.concurrency = 1;
  EXPECT_TRUE(client.cancelOrders({{account(), order("a")}, {account(), order("b")}}, batch));
  if (child.isHere()) ::_exit(0);
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(ends, 2);
}

TEST_F(ChildOfAnObserver, SendsNothingAgainInACallOfTheAppsOwnThread) {
  BrokerClient client{kCredentials, options};
  const auto result = client.cancelOrder(account(), order());
  if (child.isHere()) {
    const bool isHonest = !result && result.error().kind == ErrorKind::InDoubt && result.error().maybeApplied &&
                          result.error().call.sends == 1;
    ::_exit(isHonest ? 0 : 1);
  }
  EXPECT_TRUE(result);
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(server.deliveries(), 2);
}

TEST(ChildOfSharedWork, BeginsNothingMoreAndReturns) {
  Gate held;
  ChildOfAThread child;
  const auto app = std::this_thread::get_id();
  std::atomic<int> pieces{0};
  base::parallelFor(3, 2, [&](std::size_t) {
    ++pieces;
    if (std::this_thread::get_id() != app) {
      held.pass();
      return;
    }
    EXPECT_TRUE(held.waitForArrivals(1));
    child.fork();
    if (!child.isHere()) held.open();
  });
  if (child.isHere()) ::_exit(pieces == 2 ? 0 : 1);
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(pieces, 3);
}

}  // namespace
}  // namespace alpaca::broker

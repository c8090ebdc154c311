// Which queued call gets the next connection, and what the queue reports when no connection can be opened.
#include "faults/full_backlog.hpp"
#include "faults/patience.hpp"
#include "faults/pool_call.hpp"
#include "support/gate.hpp"
#include "support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using http::ConnectionPool;
using http::Exchange;
using http::Failure;
using test::cancelOf;
using test::Gate;
using test::kAccepted;
using test::Peer;
using test::PoolCall;
using test::poolSettings;
using test::ScriptedServer;
using test::within;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kTunnel = "HTTP/1.1 200 OK\r\n\r\n";
const std::string kNoTunnel = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
constexpr const char* kBehindTheProxy = "http://127.0.0.1:9";

void answerAll(Peer& peer) {
  while (!peer.readRequest().empty()) peer.send(kAccepted);
}

// Answers nothing until the gate is open.
ScriptedServer::Script answersBehind(Gate& gate) {
  return [&gate](Peer& peer) {
    while (!peer.readRequest().empty()) {
      gate.pass();
      peer.send(kAccepted);
    }
  };
}

// A proxy that refuses the tunnel, but only after the gate is open.
ScriptedServer::Script refusesBehind(Gate& gate) {
  return [&gate](Peer& peer) {
    peer.readRequest();
    gate.pass();
    peer.send(kNoTunnel);
  };
}

void answerAllThroughATunnel(Peer& peer) {
  peer.answer(kTunnel);
  answerAll(peer);
}

TEST(PoolLine, IsServedInOrderAndNobodyOvertakes) {
  Gate gate;
  ScriptedServer server({answersBehind(gate)});
  ConnectionPool pool(poolSettings(server.url()), 1);
  std::thread twice([&] {
    EXPECT_TRUE(pool.run(cancelOf("/first"), within()).response);
    EXPECT_TRUE(pool.run(cancelOf("/again"), within()).response);
  });
  EXPECT_TRUE(gate.waitForArrivals(1));
  std::vector<std::unique_ptr<PoolCall>> waiters;
  for (const char* target : {"/a", "/b", "/c", "/d"}) {
    waiters.push_back(std::make_unique<PoolCall>(pool, cancelOf(target)));
    EXPECT_TRUE(waiters.back()->isBlocked());
  }
  gate.open();
  for (const auto& call : waiters) EXPECT_TRUE(call->get().response);
  twice.join();
  EXPECT_EQ(server.connections(), 1);
  EXPECT_THAT(server.requests(), ElementsAre(HasSubstr("/first "), HasSubstr("/a "), HasSubstr("/b "), HasSubstr("/c "),
                                             HasSubstr("/d "), HasSubstr("/again ")));
}

TEST(PoolLine, GivesEveryThreadItsShare) {
  constexpr int kThreads = 64;
  constexpr int kShare = 100;
  constexpr int kLeast = 2;  // a loaded machine may delay some threads for long, but none may get nothing
  Gate gate;
  ScriptedServer server(std::vector<ScriptedServer::Script>(16, answersBehind(gate)));
  ConnectionPool pool(poolSettings(server.url()), 16);
  std::atomic<int> left{kThreads * kShare};
  std::array<int, kThreads> shares{};
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int& share : shares) {
    threads.emplace_back([&] {
      for (; left-- > 0; ++share) EXPECT_TRUE(pool.run(cancelOf("/"), within()).response);
    });
  }
  EXPECT_TRUE(gate.waitForArrivals(16));
  EXPECT_TRUE(test::eventuallyForGood(test::othersAreWaiting));  // the rest is queued, so no thread has a head start
  gate.open();
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(*std::min_element(shares.begin(), shares.end()), kLeast);
  EXPECT_LE(*std::max_element(shares.begin(), shares.end()), kShare * 10);
}

TEST(PoolLine, IsTimed) {
  Gate gate;
  ScriptedServer server({answersBehind(gate)});
  ConnectionPool pool(poolSettings(server.url()), 1);
  PoolCall first(pool, cancelOf("/first"));
  EXPECT_TRUE(gate.waitForArrivals(1));
  PoolCall waiting(pool, cancelOf("/waiting"));
  EXPECT_TRUE(waiting.isBlocked());
  const auto start = std::chrono::steady_clock::now();
  const Exchange tooLate = pool.run(cancelOf("/late"), within(20ms));
  const auto end = std::chrono::steady_clock::now();
  EXPECT_EQ(tooLate.failure, Failure::NoFreeConnection);
  EXPECT_GT(tooLate.connectionWait, 0ms);
  EXPECT_LE(tooLate.connectionWait, end - start);
  gate.open();
  EXPECT_EQ(first.get().connectionWait, 0ms);
  EXPECT_GT(waiting.get().connectionWait, tooLate.connectionWait);  // it came first and was served last
}

// Otherwise a call with a short share of its deadline would lose its place to later calls.
TEST(PoolLine, CostsNoneOfTheTimeOfTheExchange) {
  Gate gate;
  ScriptedServer server({answersBehind(gate)});
  ConnectionPool pool(poolSettings(server.url()), 1);
  PoolCall first(pool, cancelOf("/first"));
  EXPECT_TRUE(gate.waitForArrivals(1));
  http::Limits limits = within(2s);
  limits.waitUntil = limits.deadline + 30s;
  const auto deadline = limits.deadline;
  PoolCall waiting(pool, cancelOf("/waiting"), limits);
  EXPECT_TRUE(waiting.isBlocked());
  std::this_thread::sleep_until(deadline + 10ms);
  gate.open();
  EXPECT_TRUE(first.get().response);
  EXPECT_TRUE(waiting.get().response);
}

TEST(PoolLine, IsLeftByAStoppedCallAlone) {
  Gate gate;
  ScriptedServer server({answersBehind(gate)});
  ConnectionPool pool(poolSettings(server.url()), 1);
  PoolCall running(pool, cancelOf("/running"));
  EXPECT_TRUE(gate.waitForArrivals(1));
  StopSource stop;
  PoolCall stopped(pool, cancelOf("/stopped"), within(30s, stop.token()));
  EXPECT_TRUE(stopped.isBlocked());
  PoolCall other(pool, cancelOf("/other"));
  EXPECT_TRUE(other.isBlocked());
  const auto start = std::chrono::steady_clock::now();
  stop.requestStop();
  const Exchange end = stopped.get();                        // while the connection is still busy
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);  // long before its time-out
  EXPECT_EQ(end.failure, Failure::Aborted);
  EXPECT_EQ(end.sends, 0);
  gate.open();
  EXPECT_TRUE(running.get().response);
  EXPECT_TRUE(other.get().response);
}

TEST(PoolLine, IsLeftWhenTheTimeIsUp) {
  Gate gate;
  ScriptedServer server({answersBehind(gate)});
  ConnectionPool pool(poolSettings(server.url()), 1);
  PoolCall running(pool, cancelOf("/running"));
  EXPECT_TRUE(gate.waitForArrivals(1));
  EXPECT_EQ(pool.run(cancelOf("/late"), within(50ms)).failure, Failure::NoFreeConnection);
  gate.open();
  EXPECT_TRUE(running.get().response);
  EXPECT_TRUE(pool.run(cancelOf("/next"), within()).connectionReused);  // the queue holds no call that has left
}

TEST(PoolLine, LearnsAtOnceThatNoConnectionCanBeOpened) {
  Gate gate;
  ScriptedServer proxy({refusesBehind(gate)});
  ConnectionPool pool(poolSettings(kBehindTheProxy, proxy.url()), 1);
  PoolCall first(pool, cancelOf("/first"));
  EXPECT_TRUE(gate.waitForArrivals(1));
  PoolCall second(pool, cancelOf("/second"));
  EXPECT_TRUE(second.isBlocked());
  PoolCall third(pool, cancelOf("/third"));
  EXPECT_TRUE(third.isBlocked());
  gate.open();
  const Exchange own = first.get();
  EXPECT_EQ(own.failure, Failure::ProxyUnavailable);
  EXPECT_NE(own.detail, "");
  for (PoolCall* call : {&second, &third}) {
    const Exchange results = call->get();
    EXPECT_EQ(results.failure, Failure::ProxyUnavailable);
    EXPECT_EQ(results.detail, own.detail);
    EXPECT_EQ(results.sends, 0);
  }
  EXPECT_EQ(proxy.connections(), 1);
}

TEST(PoolLine, GoesOnAfterAFailureToOpen) {
  Gate gate;
  ScriptedServer proxy({refusesBehind(gate), answerAllThroughATunnel});
  ConnectionPool pool(poolSettings(kBehindTheProxy, proxy.url()), 1);
  PoolCall first(pool, cancelOf("/first"));
  EXPECT_TRUE(gate.waitForArrivals(1));
  PoolCall second(pool, cancelOf("/second"));
  EXPECT_TRUE(second.isBlocked());
  gate.open();
  first.get();
  second.get();
  EXPECT_TRUE(pool.run(cancelOf("/later"), within(10s)).response);  // the slot is free again
}

TEST(PoolLine, StaysWhileAnEstablishedConnectionWorks) {
  Gate refusal;
  Gate answer;
  ScriptedServer proxy({[&](Peer& peer) {
                          peer.answer(kTunnel);
                          peer.answer(kAccepted);
                          peer.readRequest();
                          answer.pass();
                          peer.send(kAccepted);
                        },
                        refusesBehind(refusal), answerAllThroughATunnel});
  ConnectionPool pool(poolSettings(kBehindTheProxy, proxy.url()), 2);
  ASSERT_TRUE(pool.run(cancelOf("/establishing"), within()).response);
  PoolCall working(pool, cancelOf("/working"));
  EXPECT_TRUE(answer.waitForArrivals(1));
  PoolCall opening(pool, cancelOf("/opening"));
  EXPECT_TRUE(refusal.waitForArrivals(1));
  PoolCall waiting(pool, cancelOf("/waiting"));
  EXPECT_TRUE(waiting.isBlocked());
  refusal.open();
  EXPECT_EQ(opening.get().failure, Failure::ProxyUnavailable);
  EXPECT_TRUE(waiting.get().response);
  answer.open();
  EXPECT_TRUE(working.get().response);
}

// The first call hangs while it opens a connection, until something of its own ends it.
class PoolLineBehindOneThatHangs : public ::testing::Test {
 protected:
  void expectTheNextToBeServed(Failure first, const http::Limits& limits, const std::function<void()>& end) {
    PoolCall hanging(pool_, cancelOf("/hanging"), limits);
    EXPECT_TRUE(connected_.waitForArrivals(1));
    PoolCall next(pool_, cancelOf("/next"));
    EXPECT_TRUE(next.isBlocked());
    end();
    const Exchange ended = hanging.get();
    EXPECT_EQ(ended.failure, first);
    EXPECT_EQ(ended.sends, 0);
    EXPECT_TRUE(next.get().response);
    connected_.open();
  }

 private:
  Gate connected_;
  ScriptedServer proxy_{{[&](Peer& peer) {
                           peer.readRequest();
                           connected_.pass();
                         },
                         answerAllThroughATunnel}};
  ConnectionPool pool_{poolSettings(kBehindTheProxy, proxy_.url()), 1};
};

TEST_F(PoolLineBehindOneThatHangs, SharesNoDeadlineOfAnother) {
  expectTheNextToBeServed(Failure::TimedOut, within(1s), [] {});
}

TEST_F(PoolLineBehindOneThatHangs, SharesNoStopOfAnother) {
  StopSource stop;
  expectTheNextToBeServed(Failure::Aborted, within(30s, stop.token()), [&] { stop.requestStop(); });
}

TEST(PoolLine, WaitsForABlackHoleOnceAndNotOneAfterTheOther) {
  constexpr auto kConnectTimeout = 300ms;
  const test::FullBacklog blackHole;
  ConnectionPool pool(poolSettings(blackHole.url()), 2);
  const auto start = std::chrono::steady_clock::now();
  const http::Limits limits{start + 30s, kConnectTimeout, {}};
  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const Exchange exchange = pool.run(cancelOf("/"), limits);
      EXPECT_EQ(exchange.failure, Failure::TimedOut);
      EXPECT_EQ(exchange.sends, 0);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3 * kConnectTimeout + test::kSlack);  // not 8 of them
}

}  // namespace
}  // namespace alpaca::broker

// Which connection a call gets, as the server sees it.
#include "http/pool.hpp"
#include "faults/child_process.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"

#include <alpaca/broker.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::ScriptedServer;

TEST(Pool, UsesTheConnectionThatWasUsedLast) {
  std::array<std::atomic<int>, 2> requests{};
  std::promise<void> bothArrived;
  std::atomic<int> arrived{0};
  const auto both = bothArrived.get_future().share();
  const auto serve = [&](std::size_t connection) {
    return [&, connection](Peer& peer) {
      while (!peer.readRequest().empty()) {
        ++requests[connection];
        if (++arrived == 2) bothArrived.set_value();
        both.wait();  // the first call is answered only after the second one has opened a connection, too
        peer.send(kAccepted);
      }
    };
  };
  ScriptedServer server({serve(0), serve(1)});
  BrokerClient client{Credentials{"pool-api-key", "pool-api-secret"}, oneAttemptAt(server.url())};
  auto other = std::async(std::launch::async, [&] { return client.cancelOrder(account(), order()); });
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  ASSERT_TRUE(other.get());

  for (int i = 0; i < 10; ++i) ASSERT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_THAT((std::vector<int>{requests[0], requests[1]}), ::testing::UnorderedElementsAre(1, 11));
}

TEST(Pool, SendsNothingWhenTheTimeIsUpAlready) {
  ScriptedServer server({[](Peer& peer) { peer.answer(kAccepted); }});
  http::ConnectionSettings settings{server.url()};
  settings.plainHttpAllowed = true;
  http::ConnectionPool pool(settings, 1);
  const auto late = pool.run({"DELETE", "/"}, {std::chrono::steady_clock::now(), std::chrono::seconds(1)});
  EXPECT_EQ(late.failure, http::Failure::TimedOut);
  EXPECT_EQ(late.sends, 0);
  EXPECT_EQ(server.connections(), 0);
}

TEST(Pool, KeepsTheConnectionWhenTheTimeIsUpBeforeTheRequest) {
  ScriptedServer server({[](Peer& peer) {
    while (!peer.readRequest().empty()) peer.send(kAccepted);
  }});
  http::ConnectionSettings settings{server.url()};
  settings.plainHttpAllowed = true;
  http::ConnectionPool pool(settings, 1);
  const auto cancel = [&](std::chrono::seconds time) {
    return pool.run({"DELETE", "/"}, {std::chrono::steady_clock::now() + time, std::chrono::seconds(5)});
  };
  ASSERT_TRUE(cancel(std::chrono::seconds(5)).response);
  EXPECT_EQ(cancel(std::chrono::seconds(0)).failure, http::Failure::TimedOut);
  const auto next = cancel(std::chrono::seconds(5));
  EXPECT_TRUE(next.response);
  EXPECT_TRUE(next.connectionReused);
}

TEST(Pool, SendsNothingInAChildAndWaitsForNothingThere) {
  ScriptedServer server({[](Peer& peer) { peer.answer(kAccepted); }});
  http::ConnectionSettings settings{server.url()};
  settings.plainHttpAllowed = true;
  http::ConnectionPool pool(settings, 1);
  const auto soon = [] { return std::chrono::steady_clock::now() + std::chrono::seconds(5); };
  const auto cancel = [&] { return pool.run({"DELETE", "/"}, {soon(), std::chrono::seconds(5)}); };
  test::expectInChild([&] {
    const auto exchange = cancel();
    EXPECT_EQ(exchange.failure, http::Failure::Aborted);
    EXPECT_EQ(exchange.sends, 0);
    EXPECT_FALSE(pool.pause(soon(), {}));
    EXPECT_EQ(pool.coldConnections(1, soon()), 0U);
  });
  EXPECT_TRUE(cancel().response);  // the parent's goes on
  EXPECT_EQ(server.deliveries(), 1);
}

TEST(Pool, OpensNoMoreConnectionsThanAllowed) {
  const std::vector<ScriptedServer::Script> scripts(16, [](Peer& peer) {
    while (!peer.readRequest().empty()) peer.send(kAccepted);
  });
  ScriptedServer server(scripts);
  auto options = oneAttemptAt(server.url());
  options.maxConnections = 3;
  BrokerClient client{Credentials{"pool-api-key", "pool-api-secret"}, options};
  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 20; ++j) EXPECT_TRUE(client.cancelOrder(account(), order()));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(server.connections(), 3);
  EXPECT_EQ(server.deliveries(), 16 * 20);
}

}  // namespace
}  // namespace alpaca::broker

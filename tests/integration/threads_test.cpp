#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/gate.hpp"
#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::Gate;
using test::order;
using testing::MockBroker;
using namespace std::chrono_literals;

void inThreads(int count, const std::function<void(int)>& work) {
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
}

TEST(Threads, ThirtyTwoShareOneClient) {
  constexpr int kThreads = 32;
  constexpr int kOrders = 25;
  MockBroker mock;
  const auto id = [](int thread, int i) { return order(std::to_string(thread) + "-" + std::to_string(i)); };
  for (int thread = 0; thread < kThreads; ++thread) {
    for (int i = 0; i < kOrders; ++i) mock.addOrder(account(), id(thread, i), i % 2 == 0 ? "new" : "filled");
  }
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::atomic<int> accepted{0};
  std::atomic<int> notCancelable{0};
  inThreads(kThreads, [&](int thread) {
    for (int i = 0; i < kOrders; ++i) {
      const auto result = client.cancelOrder(account(), id(thread, i));
      if (result) ++accepted;
      if (!result && result.error().kind == ErrorKind::NotCancelable) ++notCancelable;
    }
  });
  EXPECT_EQ(accepted, kThreads * 13);
  EXPECT_EQ(notCancelable, kThreads * 12);
  EXPECT_EQ(mock.requestCount(), static_cast<std::size_t>(kThreads * kOrders));
}

TEST(Threads, EachWithItsOwnClientDoNotMeet) {
  MockBroker mock;
  mock.addOrder(account(), order(), "filled");
  inThreads(8, [&](int) {
    for (int i = 0; i < 5; ++i) {
      BrokerClient client{mock.credentials(), mock.clientOptions()};
      EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotCancelable);
    }
  });
}

TEST(Threads, WaitForAFreeConnectionWithinTheirDeadline) {
  Gate gate;
  MockBroker mock;
  mock.addOrder(account(), order(), "filled");
  mock.onRequest([&](const auto&) { gate.pass(); });
  ClientOptions options = mock.clientOptions();
  options.maxConnections = 1;
  BrokerClient client{mock.credentials(), options};
  std::thread first([&] { EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotCancelable); });
  EXPECT_TRUE(gate.waitForArrivals(1));

  const auto impatient = client.cancelOrder(account(), order(), CallOptions{20ms});
  EXPECT_EQ(impatient.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(impatient.error().call.sends, 0);
  gate.open();
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotCancelable);
  first.join();
  EXPECT_EQ(mock.requestCount(), 2U);
}

}  // namespace
}  // namespace alpaca::broker

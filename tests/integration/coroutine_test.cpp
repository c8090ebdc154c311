// Needs C++20; all other tests need C++17.
#include <alpaca/broker/coroutine.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/gate.hpp"
#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>

namespace alpaca::broker {
namespace {

using coroutine::cancelOrder;
using test::account;
using test::Counter;
using test::order;
using testing::MockBroker;
using namespace std::chrono_literals;

// A coroutine that starts at once and that nothing awaits. Its frame is destroyed when it ends.
struct Detached {
  struct promise_type {
    Detached get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

class Coroutine : public ::testing::Test {
 protected:
  Coroutine() {
    mock.addOrder(account(), order(), "new");
    mock.addOrder(account(), filled, "filled");
  }

  const OrderId filled = order("filled");
  MockBroker mock;
};

struct Ended {
  Result<CancelAccepted> result;
  std::thread::id thread;
};

// A coroutine's parameters live in its frame, so whatever must last is passed by value.
Detached cancel(BrokerClient& client, OrderId id, coroutine::Post post, std::promise<Ended>& ended) {
  auto result = co_await cancelOrder(client, account(), id, CallOptions{20s}, std::move(post));
  ended.set_value({std::move(result), std::this_thread::get_id()});
}

TEST_F(Coroutine, GoesOnWithTheResultOnAThreadOfTheClients) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::promise<Ended> ended;
  cancel(client, order(), {}, ended);
  const Ended end = ended.get_future().get();
  EXPECT_TRUE(end.result);
  EXPECT_NE(end.thread, std::this_thread::get_id());
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
}

Detached confirm(BrokerClient& client, OrderId id, std::promise<Result<CancelConfirmation>>& ended) {
  ended.set_value(co_await coroutine::cancelOrderAndConfirm(client, account(), id));
}

TEST_F(Coroutine, FollowsAnOrderToItsEnd) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::promise<Result<CancelConfirmation>> ended;
  confirm(client, filled, ended);
  EXPECT_EQ(ended.get_future().get()->outcome, CancelOutcome::Filled);
}

TEST_F(Coroutine, GoesOnWhereItIsPosted) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::promise<Ended> ended;
  std::promise<std::function<void()>> posted;
  cancel(
      client, filled, [&](std::function<void()> resume) { posted.set_value(std::move(resume)); }, ended);
  auto end = ended.get_future();
  const auto resume = posted.get_future().get();
  EXPECT_EQ(end.wait_for(0s), std::future_status::timeout);
  resume();
  ASSERT_EQ(end.wait_for(0s), std::future_status::ready);
  const Ended here = end.get();
  EXPECT_EQ(here.result.error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(here.thread, std::this_thread::get_id());
}

TEST_F(Coroutine, IsNotSuspendedByARefusal) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const BrokerClient moved{std::move(client)};
  std::promise<Ended> ended;
  cancel(client, order(), {}, ended);  // NOLINT(bugprone-use-after-move): so that it is refused
  auto end = ended.get_future();
  ASSERT_EQ(end.wait_for(0s), std::future_status::ready);
  const Ended here = end.get();
  EXPECT_EQ(here.result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(here.thread, std::this_thread::get_id());
  EXPECT_EQ(mock.requestCount(), 0U);
}

Detached cancelOften(BrokerClient& client, OrderId id, int times, Counter& ended) {
  for (int i = 0; i < times; ++i) {
    const auto result = co_await cancelOrder(client, account(), id, CallOptions{20s});
    EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
  }
  ended.add();
}

// Aims at AddressSanitizer: many coroutines are destroyed before their await_suspend returns.
TEST_F(Coroutine, MayEndBeforeTheSubmissionReturns) {
  constexpr int kCoroutines = 1000;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  Counter ended;
  for (int i = 0; i < kCoroutines; ++i) cancelOften(client, filled, 2, ended);
  ASSERT_TRUE(ended.waitFor(kCoroutines));
  EXPECT_EQ(mock.requestCount(), 2U * kCoroutines);
}

Detached cancelAndDestroy(std::unique_ptr<BrokerClient> client, OrderId id, Counter& ended) {
  const auto result = co_await cancelOrder(*client, account(), id, CallOptions{20s});
  EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
  client.reset();
  ended.add();
}

TEST_F(Coroutine, MayOwnTheClientAndDestroyIt) {
  Counter ended;
  for (int i = 1; i <= 20; ++i) {
    cancelAndDestroy(std::make_unique<BrokerClient>(mock.credentials(), mock.clientOptions()), filled, ended);
    ASSERT_TRUE(ended.waitFor(i));
  }
}

TEST_F(Coroutine, GoesOnWhenTheClientEnds) {
  mock.delayAnswers(1min);
  auto client = std::make_unique<BrokerClient>(mock.credentials(), mock.clientOptions());
  std::promise<Ended> ended;
  cancel(*client, filled, {}, ended);
  while (mock.requestCount() == 0) std::this_thread::yield();
  client.reset();
  auto end = ended.get_future();
  ASSERT_EQ(end.wait_for(0s), std::future_status::ready);
  EXPECT_EQ(end.get().result.error().kind, ErrorKind::InDoubt);
}

Detached readAll(BrokerClient& client, OrderId id, std::promise<std::size_t>& ended) {
  const auto read = co_await coroutine::getOrder(client, account(), id);
  const auto open = co_await coroutine::listOrders(client, account());
  ended.set_value(read && open ? open->size() : 0);
}

TEST_F(Coroutine, ReadsOneAfterTheOther) {
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::promise<std::size_t> ended;
  readAll(client, filled, ended);
  EXPECT_EQ(ended.get_future().get(), 1U);
}

}  // namespace
}  // namespace alpaca::broker

// The orders, the hook and the rate limit of the mock, over HTTP. Longer than 200 lines: a list of independent tests.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "integration/mock_wire.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using namespace std::chrono_literals;
using test::account;
using test::ask;
using test::order;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::MockBroker;
using testing::MockBrokerOptions;
using ::testing::Not;
using testing::ReceivedRequest;
using ::testing::StartsWith;

const std::string kOrders = "/v1/trading/accounts/" + account().str() + "/orders";
const std::string kOrder = kOrders + "/" + order().str();

TEST(MockOrders, AreReadOverTheWire) {
  MockBroker mock;
  mock.addOrder(account(), order(), "partially_filled");
  for (const std::string& target : std::vector<std::string>{
           kOrder, kOrders, kOrders + ":by_client_order_id?client_order_id=client-" + order().str()}) {
    const std::string answer = ask(mock, "GET", target);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200")) << target;
    EXPECT_THAT(answer, HasSubstr("Content-Type: application/json")) << target;
    EXPECT_THAT(answer, HasSubstr("\r\nDate: ")) << target;
    EXPECT_THAT(answer, HasSubstr("\r\nX-Request-ID: ")) << target;
    EXPECT_THAT(answer, HasSubstr(R"("status":"partially_filled")")) << target;
  }
  EXPECT_THAT(ask(mock, "GET", kOrders + "?status=closed"), EndsWith("\r\n\r\n[]"));
  EXPECT_THAT(ask(mock, "GET", "/v1/clock"), HasSubstr(R"("is_open":true)"));
}

TEST(MockOrders, AreAllCanceledByOneRequest) {
  MockBroker mock;
  mock.addOrder(account(), order("a"));
  mock.addOrder(account(), order("b"), "pending_replace");
  const std::string answer = ask(mock, "DELETE", kOrders);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 207"));
  EXPECT_THAT(answer, HasSubstr(R"("id":"b","status":422)"));
  EXPECT_EQ(mock.orderStatus(account(), order("a")), "pending_cancel");
  EXPECT_EQ(mock.requests().at(0).status, 207);
}

TEST(MockOrders, SettleByThemselvesAfterTheirTime) {
  MockBrokerOptions options;
  options.cancelTakes = 50ms;
  MockBroker mock{options};
  mock.addOrder(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  while (mock.orderStatus(account(), order()) == "pending_cancel") std::this_thread::yield();
  const Order settled = mock.order(account(), order());
  EXPECT_EQ(settled.status.kind(), OrderStatus::Canceled);
  EXPECT_EQ(settled.canceledAt->time - settled.cancelRequestedAt->time, 50ms);
}

TEST(MockOrders, SettleAtOnceWhenACancelTakesNoTime) {
  MockBrokerOptions options;
  options.cancelTakes = 0ms;
  MockBroker mock{options};
  mock.addOrder(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(mock.orderStatus(account(), order()), "canceled");
}

TEST(MockOrders, FillAlthoughTheirCancelWasAccepted) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.fillDuringCancel(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  EXPECT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(mock.orderStatus(account(), order()), "filled");
}

TEST(MockOrders, RefuseTheirCancelWhenTold) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.refuseCancel(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(mock.orderStatus(account(), order()), "new");
}

TEST(MockOrders, OfAnAccountWithoutAnyAreAnEmptyList) {
  MockBroker mock;
  EXPECT_THAT(ask(mock, "GET", kOrders), StartsWith("HTTP/1.1 404"));
  mock.addAccount(account());
  EXPECT_THAT(ask(mock, "GET", kOrders), EndsWith("\r\n\r\n[]"));
}

TEST(MockHook, SeesARequestBeforeItIsActedOn) {
  MockBroker mock;
  mock.addOrder(account(), order());
  std::string seen;
  int statusThen = -1;
  mock.onRequest([&](const ReceivedRequest& request) {
    seen = request.method + " " + request.target;
    statusThen = mock.requests().at(0).status;
    mock.fillOrder(account(), order());  // before the broker handles the request
  });
  EXPECT_THAT(ask(mock, "DELETE", kOrder), StartsWith("HTTP/1.1 422"));
  ASSERT_EQ(mock.requestCount(), 1U);  // taking the count synchronizes with the hook
  EXPECT_EQ(seen, "DELETE " + kOrder);
  EXPECT_EQ(statusThen, 0);
  mock.onRequest({});
  seen.clear();
  static_cast<void>(ask(mock, "GET", kOrder));
  ASSERT_EQ(mock.requestCount(), 2U);
  EXPECT_EQ(seen, "");
}

TEST(MockHook, CanAddOrdersWhileAnAccountIsBeingCleared) {
  MockBroker mock;
  mock.addOrder(account(), order("0"));
  int next = 1;
  mock.onRequest([&](const ReceivedRequest& request) {
    if (request.method == "GET" && next < 3) mock.addOrder(account(), order(std::to_string(next++)));
  });
  EXPECT_THAT(ask(mock, "GET", kOrders), HasSubstr(R"("id":"1")"));
  EXPECT_THAT(ask(mock, "DELETE", kOrders), Not(HasSubstr(R"("id":"2")")));
  EXPECT_THAT(ask(mock, "GET", kOrders), HasSubstr(R"("id":"2")"));
}

TEST(MockRateLimit, RefusesAndSaysWhenToComeBack) {
  MockBrokerOptions options;
  options.rateLimit = 3;
  options.rateWindow = 3600s;
  options.refuseBeyondRateLimit = true;
  MockBroker mock{options};
  mock.addOrder(account(), order());
  for (int i = 0; i < 3; ++i) EXPECT_THAT(ask(mock, "GET", kOrder), StartsWith("HTTP/1.1 200"));
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto refused = client.cancelOrder(account(), order());
  EXPECT_EQ(refused.error().kind, ErrorKind::RateLimited);
  EXPECT_GT(refused.error().retryAfter.value(), 30min);
  EXPECT_EQ(refused.error().brokerCode, 42910000);
  EXPECT_EQ(mock.orderStatus(account(), order()), "new");
  EXPECT_EQ(mock.requests().back().status, 429);
}

TEST(MockRateLimit, EndsWithItsWindow) {
  MockBrokerOptions options;
  options.rateLimit = 1;
  options.rateWindow = 1s;
  options.refuseBeyondRateLimit = true;
  MockBroker mock{options};
  mock.addOrder(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  EXPECT_THAT(ask(mock, "GET", kOrder), StartsWith("HTTP/1.1 200"));
  const auto result = client.cancelOrder(account(), order());  // waits as the 429 asks, then retries
  EXPECT_TRUE(result) << result.error().message;
}

TEST(MockBrokerUnderLoad, MayBeUsedFromEverywhereAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kOrdersEach = 100;
  MockBrokerOptions options;
  options.cancelTakes = 1ms;
  MockBroker mock{options};
  std::atomic<int> seen{0};
  mock.onRequest([&](const ReceivedRequest&) { ++seen; });
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto work = [&](int thread) {
    for (int i = 0; i < kOrdersEach; ++i) {
      const OrderId id = order(std::to_string(thread) + "-" + std::to_string(i));
      mock.addOrder(account(), id);
      mock.fillOrder(account(), id, Decimal("1"));
      if (i % 10 == 0) mock.onRequest([&](const ReceivedRequest&) { ++seen; });
      EXPECT_TRUE(client.cancelOrder(account(), id));
      mock.replaceOrder(account(), id, order("new-" + id.str()));
      if (i % 25 != 0) continue;
      EXPECT_THAT(ask(mock, "GET", kOrders + "?status=all"), StartsWith("HTTP/1.1 200"));
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(work, thread);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(mock.requestCount(), static_cast<std::size_t>(seen));
  for (const ReceivedRequest& request : mock.requests()) EXPECT_EQ(request.statusTold, request.status);
}

TEST(MockBrokerUnderLoad, KeepsUpWithAListAndARecordOfTenThousand) {
  constexpr int kMany = 10'000;
  const auto begin = std::chrono::steady_clock::now();
  MockBroker mock;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  for (int i = 0; i < kMany; ++i) {
    mock.addOrder(account(), order(std::to_string(i)));
    ASSERT_TRUE(client.cancelOrder(account(), order(std::to_string(i))));
  }
  for (int page = 0; page < 20; ++page) {
    ASSERT_THAT(ask(mock, "GET", kOrders + "?limit=500"), StartsWith("HTTP/1.1 200"));
  }
  EXPECT_EQ(mock.requests().size(), static_cast<std::size_t>(kMany + 20));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 60s);  // quadratic work would take far longer
}

}  // namespace
}  // namespace alpaca::broker

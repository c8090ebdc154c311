#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/numbered_ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::accountNumber;
using test::orderNumber;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::ReceivedRequest;
using namespace std::chrono_literals;

std::vector<OrderRef> book(MockBroker& mock, int orders) {
  std::vector<OrderRef> refs;
  refs.reserve(static_cast<std::size_t>(orders));
  for (int n = 0; n < orders; ++n) {
    refs.push_back({accountNumber(n % 3), orderNumber(n % 3, n)});
    mock.addOrder(refs.back().accountId, refs.back().orderId);
  }
  return refs;
}

std::ptrdiff_t refusedForTheRate(const MockBroker& mock) {
  const auto requests = mock.requests();
  return std::count_if(requests.begin(), requests.end(),
                       [](const ReceivedRequest& request) { return request.status == 429; });
}

MockBrokerOptions withoutLimit() {
  MockBrokerOptions options;
  options.rateLimit = 1'000'000;
  return options;
}

TEST(Batch, CancelsManyOrdersOfManyAccounts) {
  MockBroker mock{withoutLimit()};
  const auto orders = book(mock, 500);
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  BatchOptions options;
  BatchProgress last;
  options.progress = [&, pipeline = std::this_thread::get_id()](const BatchProgress& progress) {
    EXPECT_EQ(std::this_thread::get_id(), pipeline);
    EXPECT_GE(progress.done, last.done);
    last = progress;
  };
  const BatchReport report = client.cancelOrders(orders, options).value();
  EXPECT_TRUE(report.allAccepted());
  EXPECT_EQ(last.done, 500U);
  EXPECT_EQ(last.accepted, 500U);
  EXPECT_EQ(mock.requestCount(), 500U);
  for (const BatchEntry& entry : report.entries) {
    EXPECT_EQ(mock.orderStatus(entry.target.accountId, entry.target.orderId), "pending_cancel");
    EXPECT_FALSE(entry.result.call().requestId.empty());
  }
}

TEST(Batch, HasNoMoreUnderWayThanItMay) {
  MockBroker mock;
  const auto orders = book(mock, 60);
  std::atomic<int> underWay{0};
  std::atomic<int> most{0};
  ClientOptions client = mock.clientOptions();
  client.observer = [&](const AttemptEvent&) { --underWay; };
  mock.onRequest([&](const ReceivedRequest&) {
    const int now = ++underWay;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
    }
  });
  mock.delayAnswers(2ms);
  BatchOptions options;
  options.concurrency = 3;
  EXPECT_TRUE(BrokerClient(mock.credentials(), client).cancelOrders(orders, options)->allAccepted());
  EXPECT_LE(most, 3);
  EXPECT_GE(most, 2);
}

TEST(Batch, KeepsWithinTheRateLimit) {
  MockBrokerOptions limited;
  limited.rateLimit = 40;
  limited.rateWindow = 1s;
  limited.refuseBeyondRateLimit = true;
  MockBroker mock{limited};
  const auto orders = book(mock, 100);
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const BatchReport report = client.cancelOrders(orders).value();
  EXPECT_TRUE(report.allAccepted());
  EXPECT_EQ(refusedForTheRate(mock), 0);
  EXPECT_EQ(mock.requestCount(), 100U);
}

// Others share the rate limit, so the 429 is unexpected. The whole batch must pause for it.
TEST(Batch, ComesThroughA429InTheMiddle) {
  MockBrokerOptions limited;
  limited.rateLimit = 1'000;
  MockBroker mock{limited};
  const auto orders = book(mock, 60);
  std::atomic<int> received{0};
  mock.onRequest([&](const ReceivedRequest&) {
    if (++received == 30) mock.failNext(429, R"({"code":42910000,"message":"too many"})", {{"Retry-After", "1"}});
  });
  ClientOptions oneAttempt = mock.clientOptions();
  oneAttempt.maxConnections = 2;
  BrokerClient client{mock.credentials(), oneAttempt};
  const BatchReport report = client.cancelOrders(orders).value();
  EXPECT_TRUE(report.allAccepted());
  EXPECT_EQ(refusedForTheRate(mock), 1) << "all cancels heeded the first 429";
}

TEST(Batch, TellsWhatIsLeftWhenTheServerDiesHalfWay) {
  MockBroker mock{withoutLimit()};
  const auto orders = book(mock, 200);
  std::atomic<int> received{0};
  mock.onRequest([&](const ReceivedRequest&) {
    if (++received == 100) mock.shutDown();
  });
  ClientOptions quick = mock.clientOptions();
  quick.retry.backoffCap = 5ms;
  BrokerClient client{mock.credentials(), quick};
  const BatchReport report = client.cancelOrders(orders).value();
  const BatchCounts counts = report.counts();
  EXPECT_EQ(counts.total(), 200U);
  EXPECT_GT(counts.accepted, 0U);
  EXPECT_GT(counts.notSent, 0U);
  EXPECT_EQ(counts.refused, 0U);
  for (const BatchEntry& entry : report.entries) {
    const std::string status = mock.orderStatus(entry.target.accountId, entry.target.orderId);
    if (entry.result) {
      EXPECT_EQ(status, "pending_cancel");
    } else if (!entry.result.error().maybeApplied) {
      EXPECT_EQ(status, "new") << entry.result.error().message;
    }
  }
}

TEST(Batch, IsStoppedHalfWay) {
  MockBroker mock{withoutLimit()};
  const auto orders = book(mock, 200);
  StopSource source;
  BatchOptions options;
  options.call.stop = source.token();
  options.progress = [&](const BatchProgress& progress) {
    if (progress.done >= 20) source.requestStop();
  };
  mock.delayAnswers(1ms);
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const BatchReport report = client.cancelOrders(orders, options).value();
  const BatchCounts counts = report.counts();
  EXPECT_GE(counts.accepted, 20U);
  EXPECT_GT(counts.notSent, 0U);
  EXPECT_EQ(counts.total(), 200U);
}

TEST(Batch, HoldsItsDeadline) {
  MockBroker mock;
  const auto orders = book(mock, 100);
  mock.delayAnswers(50ms);
  ClientOptions one = mock.clientOptions();
  one.maxConnections = 1;
  BatchOptions options;
  options.call.deadline = 300ms;
  BrokerClient client{mock.credentials(), one};
  const auto report = client.cancelOrders(orders, options);
  EXPECT_LT(report.call().elapsed, 1s);
  EXPECT_GT(report->counts().accepted, 0U);
  EXPECT_GT(report->counts().notSent, 80U);
}

TEST(Batch, OfAMovedFromClientIsAnError) {
  MockBroker mock;
  const auto orders = book(mock, 2);
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const BrokerClient other = std::move(client);
  const auto result = client.cancelOrders(orders);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
}

}  // namespace
}  // namespace alpaca::broker

// The faults and the shutdown of the mock, over HTTP. Longer than 200 lines: a list of independent tests.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "integration/mock_wire.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using namespace std::chrono_literals;
using test::account;
using test::ask;
using test::order;
using test::requestText;
using test::Wire;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::MockFault;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kOrders = "/v1/trading/accounts/" + account().str() + "/orders";
const std::string kOrder = kOrders + "/" + order().str();

// Long enough, on any machine, to distinguish an immediate end from a wait.
constexpr auto kLong = 20s;

MockBrokerOptions over(bool tls) {
  MockBrokerOptions options;
  options.tls = tls;
  return options;
}

struct FaultRow {
  const char* name;
  MockFault fault;
  const char* statusLine;  // empty: no byte of an answer
  int status;
  int statusTold;
  const char* orderStatus;
};

class EndingFault : public ::testing::TestWithParam<FaultRow> {};

TEST_P(EndingFault, IsWhatTheClientSeesAndTheRecordSays) {
  const FaultRow& row = GetParam();
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.failNext(row.fault);
  const std::string answer = ask(mock, "DELETE", kOrder);
  if (row.statusLine[0] == '\0') {
    EXPECT_THAT(answer, IsEmpty());
  } else {
    EXPECT_THAT(answer, StartsWith(row.statusLine));
  }
  EXPECT_EQ(mock.requests().at(0).status, row.status);
  EXPECT_EQ(mock.requests().at(0).statusTold, row.statusTold);
  EXPECT_EQ(mock.orderStatus(account(), order()), row.orderStatus);
  EXPECT_THAT(ask(mock, "GET", kOrder), StartsWith("HTTP/1.1 200"));
}

INSTANTIATE_TEST_SUITE_P(
    MockBroker, EndingFault,
    ::testing::Values(FaultRow{"LostRequest", MockFault::LostRequest, "", 0, 0, "new"},
                      FaultRow{"LostAnswer", MockFault::LostAnswer, "", 204, 0, "pending_cancel"},
                      FaultRow{"BadGateway", MockFault::BadGateway, "HTTP/1.1 502", 502, 502, "new"},
                      FaultRow{"BadGatewayAfterActing", MockFault::BadGatewayAfterActing, "HTTP/1.1 502", 204, 502,
                               "pending_cancel"},
                      FaultRow{"TooManyRequests", MockFault::TooManyRequests, "HTTP/1.1 429", 429, 429, "new"}),
    test::kByName);

struct StallRow {
  const char* name;
  MockFault fault;
  int status;
  const char* orderStatus;
};

class StallingFault : public ::testing::TestWithParam<StallRow> {};

TEST_P(StallingFault, LastsUntilTheClientGivesUp) {
  const StallRow& row = GetParam();
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.failNext(row.fault);
  BrokerClient client{mock.credentials(), test::oneAttemptAt(mock.url())};
  const auto result = client.cancelOrder(account(), order(), CallOptions{500ms});
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(mock.requests().at(0).status, row.status);
  EXPECT_EQ(mock.requests().at(0).statusTold, 0);
  EXPECT_EQ(mock.orderStatus(account(), order()), row.orderStatus);
}

TEST_P(StallingFault, EndsWhenTheClientIsSeenToGo) {
  MockBroker mock;
  mock.failNext(GetParam().fault);
  const Wire wire(mock.port());
  wire.send(requestText("DELETE", kOrder));
  while (mock.requestCount() == 0) std::this_thread::yield();
  wire.finish();
  EXPECT_THAT(wire.readToEnd(), IsEmpty());
}

TEST_P(StallingFault, LastsUntilTheBrokerEnds) {
  const StallRow& row = GetParam();
  const auto begin = std::chrono::steady_clock::now();
  auto mock = std::make_unique<MockBroker>();
  mock->addOrder(account(), order());
  mock->failNext(row.fault);
  const Wire wire(mock->port());
  wire.send(requestText("DELETE", kOrder));
  while (mock->requestCount() == 0) std::this_thread::yield();
  mock.reset();
  EXPECT_THAT(wire.readToEnd(), IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kLong);
}

INSTANTIATE_TEST_SUITE_P(MockBroker, StallingFault,
                         ::testing::Values(StallRow{"Stall", MockFault::Stall, 0, "new"},
                                           StallRow{"StallAfterActing", MockFault::StallAfterActing, 204,
                                                    "pending_cancel"}),
                         test::kByName);

class MockFaultsOver : public ::testing::TestWithParam<bool> {};

TEST_P(MockFaultsOver, EndConnectionsWithoutAByte) {
  MockBroker mock{over(GetParam())};
  mock.addOrder(account(), order());
  ClientOptions options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  BrokerClient client{mock.credentials(), options};
  mock.failNext(MockFault::LostRequest);
  const auto lost = client.cancelOrder(account(), order());
  EXPECT_EQ(lost.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(mock.orderStatus(account(), order()), "new");
  mock.failNext(MockFault::LostAnswer);
  const auto unanswered = client.cancelOrder(account(), order());
  EXPECT_EQ(unanswered.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(mock.orderStatus(account(), order()), "pending_cancel");
  EXPECT_EQ(mock.requestCount(), 2U);
}

INSTANTIATE_TEST_SUITE_P(MockBroker, MockFaultsOver, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "Tls" : "Plain"; });

TEST_P(MockFaultsOver, DoNotRaiseSigpipe) {
  MockBroker mock{over(GetParam())};
  mock.addOrder(account(), order());
  ClientOptions options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  const auto before = std::signal(SIGPIPE, SIG_DFL);
  for (int i = 0; i < 20; ++i) {
    BrokerClient client{mock.credentials(), options};
    mock.failNext(MockFault::LostRequest);
    EXPECT_EQ(client.cancelOrder(account(), order()).error().kind, ErrorKind::InDoubt);
  }
  mock.shutDown();
  std::signal(SIGPIPE, before);
}

TEST(MockFaults, QueueUpWithScriptedAnswers) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.failNext(503);
  mock.failNext(MockFault::LostRequest);
  mock.failNext(418, "tea", {{"Content-Type", "text/plain"}});
  EXPECT_THAT(ask(mock, "DELETE", kOrder), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(ask(mock, "DELETE", kOrder), IsEmpty());
  const std::string last = ask(mock, "DELETE", kOrder);
  EXPECT_THAT(last, StartsWith("HTTP/1.1 418"));
  EXPECT_THAT(last, HasSubstr("Content-Type: text/plain"));
  EXPECT_THAT(last, Not(HasSubstr("application/json")));
  EXPECT_THAT(ask(mock, "DELETE", kOrder), StartsWith("HTTP/1.1 204"));
}

TEST(MockFaults, AreRecordedTruthfullyWhenTheyComeByChance) {
  constexpr std::size_t kRequests = 300;
  MockBroker mock;
  mock.injectFaults(0.5, 7, {MockFault::LostRequest, MockFault::LostAnswer, MockFault::BadGatewayAfterActing});
  std::size_t silent = 0;
  for (std::size_t i = 0; i < kRequests; ++i) {
    const OrderId id = order(std::to_string(i));
    mock.addOrder(account(), id);
    const std::string answer = ask(mock, "DELETE", kOrders + "/" + id.str());
    const auto received = mock.requests().at(i);
    EXPECT_EQ(received.statusTold == 0, answer.empty());
    EXPECT_EQ(received.status == 204, mock.orderStatus(account(), id) == "pending_cancel");
    if (answer.empty()) ++silent;
  }
  EXPECT_GT(silent, kRequests / 5);  // a third is expected
  EXPECT_LT(silent, kRequests / 2);
  mock.injectFaults(0, 7);
  EXPECT_THAT(ask(mock, "DELETE", kOrders + "/0"), StartsWith("HTTP/1.1"));
}

TEST(MockFaults, ADelayEndsWithTheBroker) {
  const auto begin = std::chrono::steady_clock::now();
  auto mock = std::make_unique<MockBroker>();
  mock->delayAnswers(10min);
  const Wire wire(mock->port());
  wire.send(requestText("GET", "/v1/clock"));
  while (mock->requestCount() == 0 || mock->requests()[0].status == 0) std::this_thread::yield();
  EXPECT_EQ(mock->requests()[0].statusTold, 0);
  mock.reset();
  EXPECT_THAT(wire.readToEnd(), IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kLong);
}

class ShutDownOver : public ::testing::TestWithParam<bool> {};

TEST_P(ShutDownOver, RefusesConnectsAndEndsCallsInProgress) {
  MockBroker mock{over(GetParam())};
  mock.addOrder(account(), order());
  mock.addOrder(account(), order("second"));
  ClientOptions options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  BrokerClient client{mock.credentials(), options};
  mock.delayAnswers(10min);
  auto call = std::async(std::launch::async, [&] { return client.cancelOrder(account(), order()); });
  while (mock.requestCount() == 0 || mock.requests()[0].status == 0) std::this_thread::yield();
  mock.shutDown();
  EXPECT_EQ(call.get().error().kind, ErrorKind::InDoubt);
  EXPECT_FALSE(Wire(mock.port()).connected());
  const auto later = client.cancelOrder(account(), order("second"));
  EXPECT_EQ(later.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(mock.requests().at(0).status, 204);
  EXPECT_EQ(mock.requests().at(0).statusTold, 0);
  EXPECT_EQ(mock.order(account(), order()).status.str(), "pending_cancel");
  mock.shutDown();  // a second call does nothing
}

INSTANTIATE_TEST_SUITE_P(MockBroker, ShutDownOver, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "Tls" : "Plain"; });

TEST(MockShutDown, EndsIdleConnections) {
  MockBroker mock;
  const Wire silent(mock.port());
  const Wire served(mock.port());
  ASSERT_TRUE(silent.connected());
  // A connection stays open after the answer when the client does not ask to close it.
  served.send("GET /v1/clock HTTP/1.1\r\nHost: mock\r\n\r\n");
  while (mock.requestCount() == 0) std::this_thread::yield();
  mock.shutDown();
  EXPECT_THAT(silent.readToEnd(), IsEmpty());
  static_cast<void>(served.readToEnd());
}

TEST(MockShutDown, LeavesItsPortToAnother) {
  MockBroker first;
  first.addOrder(account(), order());
  ASSERT_THAT(ask(first, "GET", kOrder), StartsWith("HTTP/1.1 200"));
  first.shutDown();
  MockBrokerOptions options;
  options.port = first.port();
  const MockBroker second{options};
  EXPECT_THAT(ask(second, "GET", kOrder), StartsWith("HTTP/1.1 404"));
  EXPECT_EQ(first.requestCount(), 1U);
}

TEST(MockShutDown, EndsNobodyElsesConnections) {
  MockBroker lasting;
  lasting.addOrder(account(), order(), "filled");
  std::atomic<bool> done{false};
  const auto work = [&] {
    while (!done) {
      BrokerClient client{lasting.credentials(), lasting.clientOptions()};
      const auto result = client.cancelOrder(account(), order());
      EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
      EXPECT_EQ(result.error().call.attempts, 1);
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(3);
  for (int i = 0; i < 3; ++i) threads.emplace_back(work);
  for (int i = 0; i < 20; ++i) {
    MockBroker passing;
    const Wire idle(passing.port());
    EXPECT_THAT(ask(passing, "GET", "/v1/clock"), StartsWith("HTTP/1.1 200"));
    passing.shutDown();
    EXPECT_THAT(idle.readToEnd(), IsEmpty());
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
}

TEST(MockShutDown, MayComeFromTheHook) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.onRequest([&](const testing::ReceivedRequest&) { mock.shutDown(); });
  EXPECT_THAT(ask(mock, "DELETE", kOrder), IsEmpty());
  EXPECT_EQ(mock.requests().at(0).status, 0);
  EXPECT_EQ(mock.orderStatus(account(), order()), "new");
}

}  // namespace
}  // namespace alpaca::broker

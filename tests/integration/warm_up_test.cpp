#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::account;
using test::eventually;
using test::order;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::MockFault;
using ::testing::SizeIs;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kLong = 20s;

// The source ports of the requests for the clock: one for each connection.
std::set<int> warmedConnections(const MockBroker& mock) {
  std::set<int> ports;
  for (const testing::ReceivedRequest& request : mock.requests()) {
    if (request.target == "/v1/clock") ports.insert(request.clientPort);
  }
  return ports;
}

ClientOptions oneAttempt(const MockBroker& mock) {
  ClientOptions options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  return options;
}

TEST(WarmUp, OpensAsManyConnectionsAsAreWanted) {
  MockBroker mock;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto warm = client.warmUp(8);
  ASSERT_TRUE(warm) << warm.error().message;
  EXPECT_TRUE(warm->allWarm());
  EXPECT_EQ(warm->warm, 8);
  EXPECT_THAT(warm->failures, IsEmpty());
  EXPECT_TRUE(warm->clock->isOpen);
  EXPECT_LT(warm->clock->timestamp.time, warm->clock->nextClose.time);
  EXPECT_EQ(warm.call().sends, 8);
  EXPECT_FALSE(warm.call().requestId.empty());
  EXPECT_TRUE(warm.call().rateLimit);
  EXPECT_THAT(warmedConnections(mock), SizeIs(8));
  EXPECT_EQ(mock.requestCount(), 8U);
}

TEST(WarmUp, OpensNoneASecondTime) {
  MockBroker mock;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ASSERT_TRUE(client.warmUp(4).value().allWarm());
  const auto first = warmedConnections(mock);
  ASSERT_TRUE(client.warmUp(4).value().allWarm());
  ASSERT_TRUE(client.warmUp(2).value().allWarm());
  EXPECT_EQ(warmedConnections(mock), first);
  const auto more = client.warmUp(6);
  ASSERT_TRUE(more);
  EXPECT_TRUE(more->allWarm());
  EXPECT_THAT(warmedConnections(mock), SizeIs(6));
}

TEST(WarmUp, LeavesAWarmConnectionToTheFirstCancel) {
  MockBrokerOptions broker;
  broker.tls = true;
  MockBroker mock{broker};
  mock.addOrder(account(), order());
  ClientOptions options = mock.clientOptions();
  std::atomic<int> reused{0};
  options.observer = [&](const AttemptEvent& event) {
    if (event.httpRequestMethod == "DELETE" && event.connectionReused) ++reused;
  };
  BrokerClient client{mock.credentials(), options};
  ASSERT_TRUE(client.warmUp(3).value().allWarm());
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(reused, 1);
  EXPECT_EQ(warmedConnections(mock).count(mock.requests().back().clientPort), 1U);
}

TEST(WarmUp, FindsWrongCredentials) {
  MockBroker mock;
  BrokerClient client{Credentials{"another-key", "another-secret"}, mock.clientOptions()};
  const auto warm = client.warmUp(4);
  ASSERT_FALSE(warm);
  EXPECT_EQ(warm.error().kind, ErrorKind::Unauthorized);
  EXPECT_EQ(warm.error().httpStatus, 401);
  EXPECT_THAT(warm.error().message, HasSubstr("check key and secret"));
  EXPECT_FALSE(warm.error().maybeApplied);
  EXPECT_EQ(warm.error().call.sends, 4);
}

TEST(WarmUp, FindsThatTheBrokerCannotBeReached) {
  MockBroker mock;
  BrokerClient client{mock.credentials(), oneAttempt(mock)};
  mock.shutDown();
  const auto warm = client.warmUp(4);
  ASSERT_FALSE(warm);
  EXPECT_EQ(warm.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(warm.error().call.sends, 0);
}

TEST(WarmUp, FindsAPageOfSomethingInBetween) {
  MockBroker mock;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  mock.failNext(200, "<html>Welcome to our guests' network</html>");
  const auto warm = client.warmUp(1);
  ASSERT_FALSE(warm);
  EXPECT_EQ(warm.error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_THAT(warm.error().message, HasSubstr("whether this network wants a log-in"));
}

TEST(WarmUp, SaysHowManyStandWhenNotAllDo) {
  MockBroker mock;
  BrokerClient client{mock.credentials(), oneAttempt(mock)};
  mock.failNext(MockFault::LostAnswer);
  const auto warm = client.warmUp(4);
  ASSERT_TRUE(warm);
  EXPECT_FALSE(warm->allWarm());
  EXPECT_EQ(warm->warm, 3);
  ASSERT_THAT(warm->failures, SizeIs(1));
  EXPECT_EQ(warm->failures[0].kind, ErrorKind::InDoubt);
  EXPECT_TRUE(client.warmUp(4).value().allWarm());
  EXPECT_THAT(warmedConnections(mock), SizeIs(5));
}

TEST(WarmUp, DoesNotCountConnectionsThatTheBrokerCloses) {
  MockBroker mock;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  mock.failNext(200,
                R"({"timestamp":"2024-05-01T00:00:00Z","is_open":true,"next_open":"2024-05-02T00:00:00Z",)"
                R"("next_close":"2024-05-01T06:00:00Z"})",
                {{"Connection", "close"}});
  const auto warm = client.warmUp(1);
  ASSERT_TRUE(warm);
  EXPECT_EQ(warm->warm, 0);
  EXPECT_TRUE(client.warmUp(1).value().allWarm());
}

TEST(WarmUp, OpensNoMoreThanThereMayBe) {
  MockBroker mock;
  ClientOptions options = mock.clientOptions();
  options.maxConnections = 2;
  BrokerClient client{mock.credentials(), options};
  EXPECT_EQ(client.warmUp(3).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(client.warmUp(0).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(mock.requestCount(), 0U);
  EXPECT_TRUE(client.warmUp(2).value().allWarm());
}

// --- keeping connections warm ----------------------------------------------------------------------------------------

class KeepWarm : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<BrokerClient> keep(MockBroker& mock, int connections,
                                                   std::chrono::milliseconds interval = 30s) {
    ClientOptions options = mock.clientOptions();
    options.attemptTimeout = 60s;
    options.keepWarm = {connections, interval};
    options.observer = [this](const AttemptEvent& event) {
      if (event.httpRequestMethod == "DELETE" && event.connectionReused) ++reused;
      if (event.urlPath == "/v1/clock") warmings.add();
    };
    return std::make_unique<BrokerClient>(mock.credentials(), options);
  }

  static bool eventuallyReceives(const MockBroker& mock, std::size_t requests) {
    return eventually([&] { return mock.requestCount() >= requests; });
  }

  std::atomic<int> reused{0};
  test::Counter warmings;  // finished requests, whose connections are free for others
};

TEST_F(KeepWarm, OpensItsConnectionsAsSoonAsThereIsAClient) {
  MockBroker mock;
  const auto client = keep(mock, 4);
  EXPECT_TRUE(eventuallyReceives(mock, 4));
  EXPECT_THAT(warmedConnections(mock), SizeIs(4));
}

TEST_F(KeepWarm, KeepsAConnectionForLongerThanTheBrokerLetsItIdle) {
  MockBrokerOptions broker;
  broker.idleTimeout = 2s;
  MockBroker mock{broker};
  mock.addOrder(account(), order());
  const auto client = keep(mock, 1, 1s);
  ASSERT_TRUE(warmings.waitFor(1));
  const auto start = Clock::now();
  ASSERT_TRUE(warmings.waitFor(4));
  EXPECT_GT(Clock::now() - start, broker.idleTimeout);
  ASSERT_TRUE(client->cancelOrder(account(), order()));
  EXPECT_EQ(reused, 1);
  EXPECT_THAT(warmedConnections(mock), SizeIs(1));
}

TEST_F(KeepWarm, OpensAConnectionAnewThatWasLost) {
  MockBroker mock;
  mock.addOrder(account(), order());
  const auto client = keep(mock, 1, 1s);
  ASSERT_TRUE(warmings.waitFor(1));
  mock.failNext(MockFault::LostRequest);  // either a cancel or a request for the clock
  ASSERT_TRUE(client->cancelOrder(account(), order()));
  EXPECT_TRUE(eventually([&] { return warmedConnections(mock).size() == 2; }));
}

TEST_F(KeepWarm, HoldsUpNoCancel) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.failNext(MockFault::Stall, {"GET"});
  ClientOptions options = mock.clientOptions();
  options.maxConnections = 1;
  options.attemptTimeout = 60s;
  options.keepWarm = {1, 30s};
  BrokerClient client{mock.credentials(), options};
  ASSERT_TRUE(eventuallyReceives(mock, 1));
  const auto accepted = client.cancelOrder(account(), order(), CallOptions{kLong});
  ASSERT_TRUE(accepted) << accepted.error().message;
  EXPECT_EQ(accepted.call().attempts, 1);
  const auto requests = mock.requests();
  EXPECT_NE(requests[0].clientPort, requests[1].clientPort);
  EXPECT_EQ(requests[0].statusTold, 0);  // still hanging
}

TEST_F(KeepWarm, EndsAtOnceWithTheClientEvenWhileARequestHangs) {
  MockBroker mock;
  mock.failNext(MockFault::Stall);
  auto client = keep(mock, 4);
  ASSERT_TRUE(eventuallyReceives(mock, 1));
  const auto start = Clock::now();
  client.reset();
  EXPECT_LT(Clock::now() - start, kLong);  // and not only after 60 s
  EXPECT_EQ(mock.requestCount(), 1U);
}

TEST_F(KeepWarm, EndsWithAClientThatIsAssignedTo) {
  MockBroker mock;
  mock.failNext(MockFault::Stall);
  BrokerClient client = std::move(*keep(mock, 1));
  ASSERT_TRUE(eventuallyReceives(mock, 1));
  const auto start = Clock::now();
  client = BrokerClient{mock.credentials(), mock.clientOptions()};
  EXPECT_LT(Clock::now() - start, kLong);
  EXPECT_TRUE(client.warmUp(1));
}

TEST_F(KeepWarm, LetsItsObserverDestroyTheClient) {
  MockBroker mock;
  for (int i = 0; i < 20; ++i) {
    std::unique_ptr<BrokerClient> client;
    std::promise<void> constructed;
    const auto destroyed = std::make_shared<test::Counter>();
    ClientOptions options = mock.clientOptions();
    options.keepWarm = {1, 30s};
    options.observer = [&, destroyed](const AttemptEvent&) {
      constructed.get_future().wait();
      client.reset();
      destroyed->add();
    };
    client = std::make_unique<BrokerClient>(mock.credentials(), options);
    constructed.set_value();
    ASSERT_TRUE(destroyed->waitFor(1));
  }
}

TEST_F(KeepWarm, TellsTheObserverOfFailuresOnAThreadOfTheClients) {
  MockBroker mock;
  mock.shutDown();
  std::promise<std::pair<std::string, std::thread::id>> results;
  std::atomic<int> events{0};
  ClientOptions options = mock.clientOptions();
  options.keepWarm = {4, 30s};
  options.observer = [&](const AttemptEvent& event) {
    if (++events == 1) {
      results.set_value({std::string(event.urlPath) + " " + std::string(event.errorType), std::this_thread::get_id()});
    }
  };
  const BrokerClient client{mock.credentials(), options};
  auto first = results.get_future();
  ASSERT_EQ(first.wait_for(kLong), std::future_status::ready);
  const auto [event, thread] = first.get();
  EXPECT_EQ(event, "/v1/clock connect_failed");
  EXPECT_NE(thread, std::this_thread::get_id());
}

TEST_F(KeepWarm, IsRefusedForMoreConnectionsThanThereMayBe) {
  MockBroker mock;
  ClientOptions options = mock.clientOptions();
  options.keepWarm.connections = options.maxConnections + 1;
  try {
    const BrokerClient client{mock.credentials(), options};
    FAIL();
  } catch (const BrokerError& error) {
    EXPECT_EQ(error.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(error.error().message, HasSubstr("ClientOptions::keepWarm.connections is 17"));
  }
}

}  // namespace
}  // namespace alpaca::broker

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "integration/mock_wire.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
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
using ::testing::IsEmpty;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::MockFault;
using testing::ReceivedRequest;
using ::testing::StartsWith;

const std::string kRestartedOrder = "/v1/trading/accounts/" + account().str() + "/orders/" + order().str();

MockBrokerOptions restartedOver(bool tls) {
  MockBrokerOptions options;
  options.tls = tls;
  return options;
}

class RestartOver : public ::testing::TestWithParam<bool> {};

TEST_P(RestartOver, ServesAgainWithTheSameBook) {
  MockBroker mock{restartedOver(GetParam())};
  mock.addOrder(account(), order());
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  const std::string url = mock.url();
  for (int i = 0; i < 10; ++i) {
    mock.shutDown();
    ASSERT_FALSE(Wire(mock.port()).connected());
    mock.setOrderStatus(account(), order(), "new");  // a broker that is down can be prepared
    mock.restart();
    const auto canceled = client.cancelOrder(account(), order());
    ASSERT_TRUE(canceled) << canceled.error().message;
  }
  EXPECT_EQ(mock.url(), url);
  EXPECT_EQ(mock.requestCount(), 11U);
}

TEST_P(RestartOver, EndsWhatWasServedBefore) {
  MockBroker mock{restartedOver(GetParam())};
  mock.addOrder(account(), order());
  mock.failNext(MockFault::LostRequest, {"GET"});  // a queued fault outlives the restart
  ClientOptions options = mock.clientOptions();
  options.retry.maxAttempts = 1;
  BrokerClient client{mock.credentials(), options};
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  mock.restart();  // without a shutDown() before
  EXPECT_EQ(client.getOrder(account(), order()).error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(client.getOrder(account(), order()));
}

INSTANTIATE_TEST_SUITE_P(MockBroker, RestartOver, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "Tls" : "Plain"; });

TEST(MockRestart, NeverSendsAnAnswerFromBefore) {
  MockBroker mock;
  mock.delayAnswers(10min, {"DELETE"});
  mock.addOrder(account(), order());
  const Wire wire(mock.port());
  wire.send(requestText("DELETE", kRestartedOrder));
  while (mock.requestCount() == 0 || mock.requests()[0].status == 0) std::this_thread::yield();
  mock.restart();
  EXPECT_THAT(wire.readToEnd(), IsEmpty());
  EXPECT_THAT(ask(mock, "GET", kRestartedOrder), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(mock.requests()[0].statusTold, 0);
}

TEST(MockRestart, MayComeFromTheHook) {
  MockBroker mock;
  mock.addOrder(account(), order());
  std::promise<void> restarted;
  mock.onRequest([&](const ReceivedRequest&) {
    mock.onRequest({});
    mock.restart();
    restarted.set_value();
  });
  EXPECT_THAT(ask(mock, "DELETE", kRestartedOrder), IsEmpty());
  restarted.get_future().wait();
  EXPECT_EQ(mock.orderStatus(account(), order()), "new") << "the hook's own request is lost";
  EXPECT_THAT(ask(mock, "DELETE", kRestartedOrder), StartsWith("HTTP/1.1 204"));
}

TEST(MockRestart, DoesNothingWhileTheBrokerIsDestroyed) {
  auto mock = std::make_unique<MockBroker>();
  std::promise<void> ended;
  mock->onRequest([&ended, &mock = *mock](const ReceivedRequest&) {
    ended.get_future().wait();
    mock.restart();
    mock.shutDown();
  });
  const Wire wire(mock->port());
  wire.send(requestText("DELETE", kRestartedOrder));
  while (mock->requestCount() == 0) std::this_thread::yield();
  const int port = mock->port();
  std::thread destroyer([&] { mock.reset(); });
  EXPECT_THAT(wire.readToEnd(), IsEmpty());
  ended.set_value();
  destroyer.join();
  EXPECT_FALSE(Wire(port).connected());
}

TEST(MockRestart, FailsWhileThePortIsTaken) {
  MockBroker mock;
  mock.addOrder(account(), order());
  mock.shutDown();
  MockBrokerOptions options;
  options.port = mock.port();
  auto other = std::make_unique<MockBroker>(options);
  EXPECT_THROW(mock.restart(), std::runtime_error);
  EXPECT_THAT(ask(*other, "GET", kRestartedOrder), StartsWith("HTTP/1.1 404"));
  mock.shutDown();  // which must not end the other's connections
  EXPECT_THAT(ask(*other, "GET", kRestartedOrder), StartsWith("HTTP/1.1 404"));
  other.reset();
  mock.restart();
  EXPECT_THAT(ask(mock, "GET", kRestartedOrder), StartsWith("HTTP/1.1 200"));
}

TEST(MockRestart, MayComeFromAnywhereAtOnce) {
  MockBroker mock;
  mock.addOrder(account(), order(), "filled");
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  std::vector<std::thread> threads;
  threads.reserve(3);
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 10; ++n) {
        if (i == 0) {
          static_cast<void>(client.getOrder(account(), order()));
        } else {
          mock.restart();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(ask(mock, "GET", kRestartedOrder), StartsWith("HTTP/1.1 200"));
}

}  // namespace
}  // namespace alpaca::broker

#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/gate.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::Counter;
using test::Gate;
using test::order;
using ::testing::ElementsAre;
using testing::MockBroker;
using testing::MockFault;

// One thread and connection, so that one call delays the next. An observer reads the context of each attempt.
class AsyncContext : public ::testing::Test {
 protected:
  AsyncContext() {
    mock.addOrder(account(), order());
    mock.addOrder(account(), order("another"));
    ClientOptions options = mock.clientOptions();
    options.maxConnections = 1;
    options.asyncQueueCapacity = 1;
    options.observer = [this](const AttemptEvent& event) {
      if (event.context != nullptr) seen.push_back(*static_cast<const std::string*>(event.context));
    };
    client = std::make_unique<BrokerClient>(mock.credentials(), options);
  }

  // Blocks the client's only thread until the gate is open.
  void holdUp() {
    ASSERT_TRUE(client->getOrderAsync(account(), order(), [this](const Result<Order>&) { gate.pass(); }));
    ASSERT_TRUE(gate.waitForArrivals(1));
  }

  // Options with a context that only they own.
  CallOptions optionsOf(const std::string& text) {
    const auto context = std::make_shared<const std::string>(text);
    watched = context;
    CallOptions options;
    options.context = context;
    return options;
  }

  MockBroker mock;
  Gate gate;
  std::vector<std::string> seen;  // from the client's only thread
  std::weak_ptr<const std::string> watched;
  std::unique_ptr<BrokerClient> client;
};

template <class T>
Callback<T> into(std::promise<Result<T>>& promise) {
  return [&promise](Result<T> result) { promise.set_value(std::move(result)); };
}

TEST_F(AsyncContext, GoesWithEachCallByFutureAndByCallback) {
  std::promise<Result<CancelAccepted>> canceled;
  std::promise<Result<Order>> read;
  std::promise<Result<std::vector<Order>>> listed;
  mock.failNext(MockFault::BadGateway);
  EXPECT_TRUE(future::cancelOrder(*client, account(), order(), optionsOf("cancel")).get());
  EXPECT_TRUE(future::getOrder(*client, account(), order(), optionsOf("read")).get());
  EXPECT_TRUE(future::listOrders(*client, account(), {}, optionsOf("list")).get());
  EXPECT_TRUE(client->cancelOrderAsync(account(), order("another"), into(canceled), optionsOf("cancel, called back")));
  EXPECT_TRUE(canceled.get_future().get());
  EXPECT_TRUE(client->getOrderAsync(account(), order(), into(read), optionsOf("read, called back")));
  EXPECT_TRUE(read.get_future().get());
  EXPECT_TRUE(client->listOrdersAsync(account(), {}, into(listed), optionsOf("list, called back")));
  EXPECT_TRUE(listed.get_future().get());
  client.reset();
  EXPECT_THAT(seen, ElementsAre("cancel", "cancel", "read", "list", "list", "cancel, called back", "read, called back",
                                "list, called back", "list, called back"));
}

TEST_F(AsyncContext, LivesUntilTheCallHasEndedAndNoLongerThanTheClient) {
  holdUp();
  bool livedUntilToldOf = false;
  Counter results;
  ASSERT_TRUE(client->cancelOrderAsync(
      account(), order(),
      [&](const Result<CancelAccepted>&) {
        livedUntilToldOf = !watched.expired();
        results.add();
      },
      optionsOf("nobody else keeps this")));
  EXPECT_FALSE(watched.expired()) << "while the call is queued";
  gate.open();
  ASSERT_TRUE(results.waitFor(1));
  client.reset();
  EXPECT_TRUE(livedUntilToldOf);
  EXPECT_THAT(seen, ElementsAre("nobody else keeps this"));
  EXPECT_TRUE(watched.expired());
}

TEST_F(AsyncContext, IsNotKeptForACallThatIsRefused) {
  holdUp();
  auto waiting = future::cancelOrder(*client, account(), order());
  EXPECT_EQ(future::cancelOrder(*client, account(), order(), optionsOf("no room")).get().error().kind,
            ErrorKind::NotSent);
  EXPECT_TRUE(watched.expired());
  gate.open();
  EXPECT_TRUE(waiting.get());
}

}  // namespace
}  // namespace alpaca::broker

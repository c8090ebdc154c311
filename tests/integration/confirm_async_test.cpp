#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::Counter;
using test::eventually;
using test::order;
using ::testing::HasSubstr;
using testing::MockBroker;
using testing::MockBrokerOptions;
using namespace std::chrono_literals;

MockBrokerOptions cancelsTakeEffectLater() { return {}; }  // when the test says so

class ConfirmAsync : public ::testing::Test {
 protected:
  ConfirmAsync() {
    options.call.deadline = 40s;
    options.pollBase = 5ms;
    options.pollCap = 20ms;
  }

  // A client with a single thread and connection.
  [[nodiscard]] std::unique_ptr<BrokerClient> narrowClient() const {
    ClientOptions client = mock.clientOptions();
    client.maxConnections = 1;
    return std::make_unique<BrokerClient>(mock.credentials(), client);
  }

  [[nodiscard]] bool isRead() const {
    const auto requests = mock.requests();
    return std::any_of(requests.begin(), requests.end(), [](const auto& request) { return request.method == "GET"; });
  }

  MockBroker mock{cancelsTakeEffectLater()};
  ConfirmOptions options;
};

TEST_F(ConfirmAsync, TellsACallbackHowTheOrderEnded) {
  mock.addOrder(account(), order());
  const auto client = narrowClient();
  auto confirmation = future::cancelOrderAndConfirm(*client, account(), order(), options);
  ASSERT_TRUE(eventually([&] { return isRead(); }));
  mock.settleCancels();
  const auto result = confirmation.get();
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_EQ(result.call().sends, 1);
}

// Each confirmation waits for its order, and none waits for another's thread.
TEST_F(ConfirmAsync, FollowsManyOrdersOnOneThread) {
  constexpr int kOrders = 200;
  std::vector<std::future<Result<CancelConfirmation>>> confirmations;
  const auto client = narrowClient();
  for (int i = 0; i < kOrders; ++i) {
    const OrderId id = order("order-" + std::to_string(i));
    mock.addOrder(account(), id);
    confirmations.push_back(future::cancelOrderAndConfirm(*client, account(), id, options));
  }
  ASSERT_TRUE(eventually([&] {
    int pending = 0;
    for (int i = 0; i < kOrders; ++i) {
      if (mock.orderStatus(account(), order("order-" + std::to_string(i))) == "pending_cancel") ++pending;
    }
    return pending == kOrders;
  })) << "all cancels go out while all orders are pending";
  EXPECT_TRUE(client->cancelOrder(account(), order("order-0")).error().kind == ErrorKind::NotCancelable)
      << "the client's only connection is free between the reads";
  mock.settleCancels();
  for (auto& confirmation : confirmations) EXPECT_EQ(confirmation.get()->outcome, CancelOutcome::Canceled);
}

TEST_F(ConfirmAsync, EndsAtOnceOnAStopBetweenTwoReads) {
  options.pollBase = 1h;  // the first read would come in an hour
  options.pollCap = 1h;
  options.call.deadline = 10h;
  StopSource source;
  options.call.stop = source.token();
  mock.addOrder(account(), order());
  const auto client = narrowClient();
  auto confirmation = future::cancelOrderAndConfirm(*client, account(), order(), options);
  ASSERT_TRUE(eventually([&] { return mock.orderStatus(account(), order()) == "pending_cancel"; }));
  source.requestStop();
  ASSERT_EQ(confirmation.wait_for(20s), std::future_status::ready);
  const auto result = confirmation.get();
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_EQ(result->pendingReason, PendingReason::Stopped);
}

TEST_F(ConfirmAsync, EndsWithTheClientAndTellsTheTruth) {
  options.pollBase = 1h;
  options.pollCap = 1h;
  options.call.deadline = 10h;
  mock.addOrder(account(), order());
  auto client = narrowClient();
  std::optional<Result<CancelConfirmation>> result;
  ASSERT_TRUE(client->cancelOrderAndConfirmAsync(
      account(), order(), [&](Result<CancelConfirmation> end) { result.emplace(std::move(end)); }, options));
  ASSERT_TRUE(eventually([&] { return mock.orderStatus(account(), order()) == "pending_cancel"; }));
  client.reset();
  ASSERT_TRUE(result) << "the destructor waits for the callback";
  ASSERT_TRUE(*result);
  EXPECT_TRUE((*result)->cancelAccepted);
  EXPECT_EQ((*result)->pendingReason, PendingReason::Stopped);
}

TEST_F(ConfirmAsync, MayEndTheClientInItsCallback) {
  mock.addOrder(account(), order(), "filled");
  auto client = narrowClient();
  Counter ended;
  ASSERT_TRUE(client->cancelOrderAndConfirmAsync(
      account(), order(),
      [&](const Result<CancelConfirmation>& result) {
        EXPECT_EQ(result->outcome, CancelOutcome::Filled);
        client.reset();
        ended.add();
      },
      options));
  EXPECT_TRUE(ended.waitFor(1));
}

TEST_F(ConfirmAsync, RefusesWhatCannotWorkAndSaysThatNothingWasSent) {
  const auto client = narrowClient();
  options.maxCancels = 0;
  const auto refused = client->cancelOrderAndConfirmAsync(
      account(), order(), [](const Result<CancelConfirmation>&) {}, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(refused.error().message, HasSubstr("ConfirmOptions::maxCancels is 0"));
  EXPECT_THAT(refused.error().message, HasSubstr("Nothing was sent."));
  EXPECT_EQ(client->cancelOrderAndConfirmAsync(account(), order(), {}).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(mock.requestCount(), 0U);
}

}  // namespace
}  // namespace alpaca::broker

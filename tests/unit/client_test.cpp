#include <alpaca/broker.hpp>

#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace alpaca::broker {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

template <class T>
void expectNothingWasSent(const Result<T>& result, const char* fault) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(result.error().message, HasSubstr(fault));
  EXPECT_THAT(result.error().message, EndsWith(". Nothing was sent."));
  EXPECT_EQ(result.error().call.attempts, 0);
  EXPECT_EQ(result.error().call.sends, 0);
}

// NOLINTBEGIN(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
TEST(BrokerClient, ThatWasMovedFromSaysSo) {
  BrokerClient client(Credentials{"key", "secret"});
  const BrokerClient taken(std::move(client));
  constexpr const char* kFault = "BrokerClient was moved from";
  expectNothingWasSent(client.cancelOrder(test::account(), test::order()), kFault);
  expectNothingWasSent(client.getOrder(test::account(), test::order()), kFault);
  expectNothingWasSent(client.getOrderByClientOrderId(test::account(), test::clientOrder()), kFault);
  expectNothingWasSent(client.listOrders(test::account()), kFault);
  expectNothingWasSent(client.cancelAllOrders(test::account()), kFault);
  expectNothingWasSent(client.warmUp(1), kFault);
  expectNothingWasSent(client.cancelOrderAndConfirm(test::account(), test::order()), kFault);
  expectNothingWasSent(client.cancelOrders({}), kFault);
  expectNothingWasSent(client.cancelOrdersAndConfirm({}), kFault);
  expectNothingWasSent(client.killSwitch({}), kFault);
  expectNothingWasSent(client.cancelOrderAsync(test::account(), test::order(), {}), kFault);
  expectNothingWasSent(client.cancelOrderAndConfirmAsync(test::account(), test::order(), {}), kFault);
  expectNothingWasSent(client.getOrderAsync(test::account(), test::order(), {}), kFault);
  expectNothingWasSent(client.listOrdersAsync(test::account(), {}, {}), kFault);
  expectNothingWasSent(client.rotateNow(), kFault);
}
// NOLINTEND(bugprone-use-after-move,clang-analyzer-cplusplus.Move)

TEST(BrokerClient, SendsNothingThatCannotBeMeant) {
  BrokerClient client(Credentials{"key", "secret"});
  OrderFilter filter;
  filter.limit = 0;
  expectNothingWasSent(client.listOrders(test::account(), filter), "OrderFilter::limit is 0");
  CallOptions options;
  options.maxAttempts = 0;
  expectNothingWasSent(client.getOrder(test::account(), test::order(), options), "CallOptions::maxAttempts is 0");
  expectNothingWasSent(client.listOrders(test::account(), {}, options), "CallOptions::maxAttempts is 0");
  expectNothingWasSent(client.cancelAllOrders(test::account(), options), "CallOptions::maxAttempts is 0");
  expectNothingWasSent(client.warmUp(1, {options}), "CallOptions::maxAttempts is 0");
  CallOptions hasty;
  hasty.attemptTimeout = std::chrono::milliseconds(0);
  expectNothingWasSent(client.cancelOrder(test::account(), test::order(), hasty),
                       "CallOptions::attemptTimeout is 0 ms");
}

TEST(BrokerClient, HasNobodyToAskForCredentialsWithoutAProvider) {
  const BrokerClient client(Credentials{"key", "secret"});
  expectNothingWasSent(client.rotateNow(), "ClientOptions::rotation.provider is empty");
}

// Unusable options are refused by the submission, as are those of a call that waits.
TEST(BrokerClient, RefusesAnAsynchronousCallWithUnusableOptions) {
  const BrokerClient client(Credentials{"key", "secret"});
  CallOptions hasty;
  hasty.attemptTimeout = std::chrono::milliseconds(0);
  const auto never = [](const auto&) { ADD_FAILURE(); };
  expectNothingWasSent(client.cancelOrderAsync(test::account(), test::order(), never, hasty),
                       "CallOptions::attemptTimeout is 0 ms");
  expectNothingWasSent(client.listOrdersAsync(test::account(), {}, never, hasty),
                       "CallOptions::attemptTimeout is 0 ms");
}

}  // namespace
}  // namespace alpaca::broker

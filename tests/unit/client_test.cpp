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
  expectNothingWasSent(client.warmUp(1, options), "CallOptions::maxAttempts is 0");
}

}  // namespace
}  // namespace alpaca::broker

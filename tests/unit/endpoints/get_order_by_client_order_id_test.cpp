#include "endpoints/get_order_by_client_order_id.hpp"

#include "support/answers.hpp"
#include "support/fake_transport.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::endpoints {
namespace {

using ::testing::HasSubstr;

const std::string kPath = "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders:by_client_order_id";

TEST(GetOrderByClientOrderIdRequest, AsksForThatId) {
  const auto sending = get_order_by_client_order_id::request(test::account(), "my-order.7_~x");
  EXPECT_STREQ(sending.request.method, "GET");
  EXPECT_EQ(sending.request.target, kPath + "?client_order_id=my-order.7_~x");
  EXPECT_EQ(sending.idempotency, core::Idempotency::ReadOnly);
}

TEST(GetOrderByClientOrderIdRequest, LetsNoIdMeanAnythingElse) {
  const auto target = [](std::string_view id) {
    return get_order_by_client_order_id::request(test::account(), id).request.target.str();
  };
  EXPECT_EQ(target("a&b=c#d"), kPath + "?client_order_id=a%26b%3Dc%23d");
  EXPECT_EQ(target("../orders"), kPath + "?client_order_id=..%2Forders");
  EXPECT_EQ(target("100% + 1"), kPath + "?client_order_id=100%25%20%2B%201");
  EXPECT_EQ(target("%2e%2e"), kPath + "?client_order_id=%252e%252e");
}

TEST(GetOrderByClientOrderId, ReadsTheOrder) {
  const auto operation = get_order_by_client_order_id::operation(test::account(), "mine");
  ASSERT_TRUE(operation);
  const auto order =
      operation->response(test::answer(200, R"({"id":"61e69015","symbol":"AAPL","client_order_id":"mine"})"));
  ASSERT_TRUE(order);
  EXPECT_EQ(order->clientOrderId, "mine");
}

TEST(GetOrderByClientOrderId, IsNoOperationForAnIdThatNoOrderCanHave) {
  for (const std::string& id : {std::string(), std::string(129, 'x'), std::string("a\nb"), std::string("a\0b", 3),
                                std::string("\xC3\xA9"), std::string("\x7f")}) {
    const auto operation = get_order_by_client_order_id::operation(test::account(), id);
    ASSERT_FALSE(operation) << id;
    EXPECT_EQ(operation.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(operation.error().message, HasSubstr("client order id has "));
    EXPECT_THAT(operation.error().message,
                HasSubstr("accepted: 1 to 128 printable ASCII characters. Nothing was sent."));
  }
  EXPECT_TRUE(get_order_by_client_order_id::operation(test::account(), std::string(128, ' ')));
}

TEST(GetOrderByClientOrderId, TellsObserversThePathWithoutTheQuery) {
  test::FakeTransport::Log log;
  log.answer = [](const auto&) { return test::answered(404); };
  ClientOptions options;
  std::string path;
  options.observer = [&path](const AttemptEvent& event) { path = event.urlPath; };
  core::Caller caller = test::makeCaller(log, options);
  const auto operation = get_order_by_client_order_id::operation(test::account(), "mine").value();
  EXPECT_FALSE(caller.call(operation, CallOptions{}));
  EXPECT_EQ(path, kPath);
}

}  // namespace
}  // namespace alpaca::broker::endpoints

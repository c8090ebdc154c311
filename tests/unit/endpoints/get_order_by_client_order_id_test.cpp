#include "endpoints/get_order_by_client_order_id.hpp"

#include "support/answers.hpp"
#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::endpoints {
namespace {

using ::testing::HasSubstr;

const std::string kPath = "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders:by_client_order_id";

TEST(GetOrderByClientOrderIdRequest, AsksForThatId) {
  const auto spec = get_order_by_client_order_id::request(test::account(), test::clientOrder("my-order.7_~x"));
  EXPECT_STREQ(spec.request.method, "GET");
  EXPECT_EQ(spec.request.target, kPath + "?client_order_id=my-order.7_~x");
  EXPECT_EQ(spec.idempotency, call::Idempotency::ReadOnly);
}

TEST(GetOrderByClientOrderIdRequest, LetsNoIdMeanAnythingElse) {
  const auto target = [](std::string_view id) {
    return get_order_by_client_order_id::request(test::account(), ClientOrderId::parse(id).value())
        .request.target.str();
  };
  EXPECT_EQ(target("a&b=c#d"), kPath + "?client_order_id=a%26b%3Dc%23d");
  EXPECT_EQ(target("../orders"), kPath + "?client_order_id=..%2Forders");
  EXPECT_EQ(target("100% + 1"), kPath + "?client_order_id=100%25%20%2B%201");
  EXPECT_EQ(target("%2e%2e"), kPath + "?client_order_id=%252e%252e");
}

TEST(GetOrderByClientOrderId, ReadsTheOrder) {
  const auto operation = get_order_by_client_order_id::operation(test::account(), test::clientOrder());
  const auto order =
      operation.response(test::answer(200, R"({"id":"61e69015","symbol":"AAPL","client_order_id":"mine"})"));
  ASSERT_TRUE(order);
  EXPECT_EQ(order->clientOrderId, "mine");
}

struct Answer {
  const char* name;
  const char* body;
  bool believed;
};

class ClientOrderIdAnswer : public ::testing::TestWithParam<Answer> {};

TEST_P(ClientOrderIdAnswer, AboutAnotherOrderIsNotBelieved) {
  const auto operation = get_order_by_client_order_id::operation(test::account(), test::clientOrder());
  const auto order = operation.response(test::answer(200, GetParam().body));
  ASSERT_EQ(static_cast<bool>(order), GetParam().believed);
  if (order) {
    EXPECT_EQ(order->clientOrderId, "mine");
  } else {
    EXPECT_EQ(order.error().kind, ErrorKind::UnexpectedResponse);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ClientOrderIdAnswer,
    ::testing::Values(Answer{"TheOrder", R"({"id":"a","client_order_id":"mine"})", true},
                      Answer{"AnArrayOfJustThat", R"([{"id":"a","client_order_id":"mine"}])", true},
                      Answer{"AnotherOrder", R"({"id":"a","client_order_id":"yours"})", false},
                      Answer{"AnotherCase", R"({"id":"a","client_order_id":"Mine"})", false},
                      Answer{"ASpaceMore", R"({"id":"a","client_order_id":"mine "})", false},
                      Answer{"NoClientOrderId", R"({"id":"a"})", false},
                      Answer{"AnArrayOfAnother", R"([{"id":"a","client_order_id":"yours"}])", false},
                      Answer{"AnArrayOfTwo",
                             R"([{"id":"a","client_order_id":"mine"},{"id":"b","client_order_id":"mine"}])", false},
                      Answer{"AnEmptyArray", "[]", false},
                      Answer{"AnotherAccount", R"([{"id":"a","client_order_id":"mine",
                             "account_id":"00000000-35d3-4dcd-8df7-10286ebb4b4b"}])",
                             false}),
    test::kByName);

// The caller's message names the status first, and then what is wrong with the answer.
TEST(GetOrderByClientOrderId, SaysThatAnAnswerIsAboutAnotherOrder) {
  test::FakeTransport::Log log;
  log.answer = [](const auto&) {
    http::Exchange exchange = test::answered(200);
    exchange.response->body = R"({"id":"a","client_order_id":"yours"})";
    return exchange;
  };
  call::CallPipeline pipeline = test::makePipeline(log, ClientOptions{});
  const auto operation = get_order_by_client_order_id::operation(test::account(), test::clientOrder());
  const auto order = pipeline.call(operation, CallOptions{});
  ASSERT_FALSE(order);
  EXPECT_THAT(order.error().message,
              HasSubstr("The broker answered 200. The answer is about an order with another client order id. "));
}

TEST(GetOrderByClientOrderId, TellsObserversThePathWithoutTheQuery) {
  test::FakeTransport::Log log;
  log.answer = [](const auto&) { return test::answered(404); };
  ClientOptions options;
  std::string path;
  options.observer = [&path](const AttemptEvent& event) { path = event.urlPath; };
  call::CallPipeline pipeline = test::makePipeline(log, options);
  const auto operation = get_order_by_client_order_id::operation(test::account(), test::clientOrder());
  EXPECT_FALSE(pipeline.call(operation, CallOptions{}));
  EXPECT_EQ(path, kPath);
}

}  // namespace
}  // namespace alpaca::broker::endpoints

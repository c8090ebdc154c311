#include "endpoints/get_order.hpp"

#include "support/answers.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::endpoints {
namespace {

using test::answer;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Result<Order> read(const http::HttpResponse& response, const std::string& asked = "61e69015") {
  return get_order::response(response, test::account(), test::order(asked));
}

TEST(GetOrderRequest, IsAGetOfThatOneOrder) {
  const auto spec = get_order::request(test::account(), test::order());
  EXPECT_STREQ(spec.request.method, "GET");
  EXPECT_EQ(spec.request.target,
            "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders/61e69015-8549-4bfd-b9c3-01e75843f47d");
  EXPECT_EQ(spec.idempotency, call::Idempotency::ReadOnly);
  EXPECT_EQ(spec.success, 200);
}

TEST(GetOrderRequest, HasExactlySixNonEmptySegmentsWhateverTheIds) {
  for (const std::string& id : {std::string("-"), std::string("_"), std::string(128, 'z'), std::string("orders")}) {
    const auto target = get_order::request(test::account(), test::order(id)).request.target.str();
    EXPECT_THAT(test::segments(target), SizeIs(6)) << target;
    EXPECT_THAT(test::segments(target), Each(Not(IsEmpty()))) << target;
    EXPECT_EQ(target.find_first_of("?#%\\ "), std::string::npos) << target;
  }
}

TEST(GetOrderResponse, IsTheOrder) {
  const auto order = read(answer(200, R"({"id":"61e69015","symbol":"AAPL","status":"pending_cancel"})"));
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, test::order("61e69015"));
  EXPECT_EQ(order->symbol, "AAPL");
  EXPECT_EQ(order->status.kind(), OrderStatus::PendingCancel);
}

TEST(GetOrderResponse, NoOtherStatusIsAnOrderWhateverItsBody) {
  for (int status = 200; status < 1000; ++status) {
    const auto order = read(answer(status, R"({"id":"61e69015","symbol":"AAPL"})"));
    EXPECT_EQ(static_cast<bool>(order), status == 200) << status;
  }
}

TEST(GetOrderResponse, OfA200IsAnErrorWhenItIsNoOrder) {
  for (const char* body : {"", "{}", "null", "[]", R"([{"id":"a","symbol":"A"}])", R"({"id":"","symbol":"A"})",
                           R"({"id":"../..","symbol":"A"})", R"({"symbol":"a"})", R"({"id":"a","symbol":"A")",
                           "<html>It works!</html>", R"({"id":"a","symbol":"A"} {})"}) {
    const auto order = read(answer(200, body));
    ASSERT_FALSE(order) << body;
    EXPECT_EQ(order.error().kind, ErrorKind::UnexpectedResponse) << body;
    EXPECT_EQ(order.error().httpStatus, 200) << body;
    EXPECT_EQ(order.error().body, body);
  }
}

TEST(GetOrderResponse, KeepsOfALargeBodyOnlySoMuchAsAnErrorHolds) {
  const auto order = read(answer(200, std::string(200'000, 'x')));
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().body.size(), 65'536U);
}

struct Row {
  int status;
  ErrorKind kind;
};

class GetOrderStatus : public ::testing::TestWithParam<Row> {};

TEST_P(GetOrderStatus, MeansThatNothingWasChanged) {
  const Row& row = GetParam();
  const auto order = read(answer(row.status, R"({"code":40410000,"message":"order not found"})"));
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().kind, row.kind);
  EXPECT_EQ(order.error().httpStatus, row.status);
  EXPECT_EQ(order.error().brokerCode, 40410000);
  EXPECT_EQ(order.error().brokerMessage, "order not found");
}

INSTANTIATE_TEST_SUITE_P(Table, GetOrderStatus,
                         ::testing::Values(Row{201, ErrorKind::UnexpectedResponse},
                                           Row{204, ErrorKind::UnexpectedResponse},
                                           Row{207, ErrorKind::UnexpectedResponse},
                                           Row{302, ErrorKind::UnexpectedResponse}, Row{400, ErrorKind::BadRequest},
                                           Row{401, ErrorKind::Unauthorized}, Row{403, ErrorKind::Forbidden},
                                           Row{404, ErrorKind::NotFound}, Row{408, ErrorKind::ServerError},
                                           Row{418, ErrorKind::UnexpectedResponse}, Row{422, ErrorKind::BadRequest},
                                           Row{425, ErrorKind::ServerError}, Row{429, ErrorKind::RateLimited},
                                           Row{500, ErrorKind::ServerError}, Row{503, ErrorKind::ServerError},
                                           Row{600, ErrorKind::UnexpectedResponse}),
                         [](const auto& row) { return "Status" + std::to_string(row.param.status); });

struct Answer {
  const char* name;
  const char* asked;
  const char* body;
  const char* why;  ///< why the answer is not believed; null when it is
};

class GetOrderAnswer : public ::testing::TestWithParam<Answer> {};

TEST_P(GetOrderAnswer, AboutAnotherOrderIsNotBelieved) {
  const Answer& row = GetParam();
  const auto order = read(answer(200, row.body), row.asked);
  ASSERT_EQ(static_cast<bool>(order), row.why == nullptr);
  if (order) return;
  EXPECT_EQ(order.error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_EQ(order.error().httpStatus, 200);
  EXPECT_EQ(order.error().message, row.why);
  EXPECT_EQ(order.error().body, row.body);
}

constexpr const char* kId = "61e69015-8549-4bfd-b9c3-01e75843f47d";

INSTANTIATE_TEST_SUITE_P(
    Rows, GetOrderAnswer,
    ::testing::Values(
        Answer{"TheOrder", "a", R"({"id":"a"})", nullptr},
        Answer{"AUuidInUpperCase", kId, R"({"id":"61E69015-8549-4BFD-B9C3-01E75843F47D"})", nullptr},
        Answer{"AnotherOrder", "a", R"({"id":"b","status":"canceled"})", "The answer is about another order, b."},
        Answer{"APartOfTheId", "ab", R"({"id":"a"})", "The answer is about another order, a."},
        Answer{"AnotherCaseOfAnIdThatIsNoUuid", "a", R"({"id":"A"})", "The answer is about another order, A."},
        Answer{"ALegOfTheOrder", "a", R"({"id":"b","legs":[{"id":"a"}]})", "The answer is about another order, b."},
        Answer{"ItsAccountInUpperCase", "a", R"({"id":"a","account_id":"3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4B"})",
               nullptr},
        Answer{"NoAccount", "a", R"({"id":"a","account_id":null})", nullptr},
        Answer{"AnotherAccount", "a", R"({"id":"a","account_id":"00000000-35d3-4dcd-8df7-10286ebb4b4b"})",
               "The answer is about an order of another account."},
        Answer{"ALegOfAnotherAccount", "a",
               R"({"id":"a","legs":[{"id":"l","account_id":"00000000-35d3-4dcd-8df7-10286ebb4b4b"}]})",
               "The answer is about an order of another account."}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::endpoints

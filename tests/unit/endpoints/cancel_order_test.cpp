#include "endpoints/cancel_order.hpp"

#include "call/status_table.hpp"

#include "support/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::endpoints {
namespace {

using test::answer;
using test::segments;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const auto kAccount = AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
const auto kOrder = OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();

TEST(CancelOrderRequest, IsADeleteOfThatOneOrder) {
  const auto spec = cancel_order::request(kAccount, kOrder);
  const auto& request = spec.request;
  EXPECT_STREQ(request.method, "DELETE");
  EXPECT_EQ(request.target,
            "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders/61e69015-8549-4bfd-b9c3-01e75843f47d");
}

// A path of five segments would be the cancel-all route.
TEST(CancelOrderRequest, HasExactlySixNonEmptySegmentsWhateverTheIds) {
  for (const std::string& id : {std::string("-"), std::string("_"), std::string(128, 'z'), std::string("orders")}) {
    const auto target = cancel_order::request(kAccount, OrderId::parse(id).value()).request.target.str();
    EXPECT_THAT(segments(target), SizeIs(6)) << target;
    EXPECT_THAT(segments(target), Each(Not(IsEmpty()))) << target;
    EXPECT_EQ(target.find_first_of("?#%\\ "), std::string::npos) << target;
    EXPECT_EQ(target.front(), '/');
    EXPECT_NE(target.back(), '/');
  }
}

TEST(CancelOrderResponse, Only204IsAcceptance) {
  EXPECT_TRUE(cancel_order::response(answer(204)));
  EXPECT_TRUE(cancel_order::response(answer(204, "", "Content-Type: application/json\r\n")));
  for (int status = 200; status < 1000; ++status) {
    EXPECT_EQ(static_cast<bool>(cancel_order::response(answer(status))), status == 204) << status;
  }
}

struct Row {
  int status;
  ErrorKind kind;
  bool maybeApplied;
};

// The README's status table, row by row.
class CancelOrderStatus : public ::testing::TestWithParam<Row> {};

TEST_P(CancelOrderStatus, Means) {
  const Row& row = GetParam();
  const auto result = cancel_order::response(answer(row.status, R"({"code":40010001,"message":"no"})"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, row.kind);
  EXPECT_EQ(result.error().maybeApplied, row.maybeApplied);
  EXPECT_EQ(result.error().httpStatus, row.status);
  EXPECT_EQ(result.error().brokerCode, 40010001);
  EXPECT_EQ(result.error().brokerMessage, "no");
  EXPECT_THAT(call::describeAnswer(result.error()), HasSubstr("The broker answered " + std::to_string(row.status)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, CancelOrderStatus,
    ::testing::Values(Row{200, ErrorKind::UnexpectedResponse, true}, Row{201, ErrorKind::UnexpectedResponse, true},
                      Row{202, ErrorKind::UnexpectedResponse, true}, Row{206, ErrorKind::UnexpectedResponse, true},
                      Row{207, ErrorKind::UnexpectedResponse, true}, Row{299, ErrorKind::UnexpectedResponse, true},
                      Row{301, ErrorKind::UnexpectedResponse, true}, Row{302, ErrorKind::UnexpectedResponse, true},
                      Row{304, ErrorKind::UnexpectedResponse, true}, Row{307, ErrorKind::UnexpectedResponse, true},
                      Row{308, ErrorKind::UnexpectedResponse, true}, Row{400, ErrorKind::BadRequest, false},
                      Row{401, ErrorKind::Unauthorized, false}, Row{403, ErrorKind::Forbidden, false},
                      Row{404, ErrorKind::NotFound, false}, Row{405, ErrorKind::UnexpectedResponse, false},
                      Row{408, ErrorKind::ServerError, false}, Row{409, ErrorKind::UnexpectedResponse, false},
                      Row{418, ErrorKind::UnexpectedResponse, false}, Row{422, ErrorKind::NotCancelable, false},
                      Row{425, ErrorKind::ServerError, false}, Row{429, ErrorKind::RateLimited, false},
                      Row{451, ErrorKind::UnexpectedResponse, false}, Row{499, ErrorKind::UnexpectedResponse, false},
                      Row{500, ErrorKind::ServerError, true}, Row{501, ErrorKind::ServerError, true},
                      Row{502, ErrorKind::ServerError, true}, Row{503, ErrorKind::ServerError, true},
                      Row{504, ErrorKind::ServerError, true}, Row{505, ErrorKind::ServerError, true},
                      Row{599, ErrorKind::ServerError, true}, Row{600, ErrorKind::UnexpectedResponse, true},
                      Row{999, ErrorKind::UnexpectedResponse, true}),
    [](const auto& row) { return "Status" + std::to_string(row.param.status); });

TEST(CancelOrderResponse, GivesTheObservedBodyOfAFilledOrder) {
  const auto result =
      cancel_order::response(answer(422, R"({"code":42210000,"message":"order is already in \"filled\" state"})"));
  EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(result.error().brokerCode, 42210000);
  EXPECT_EQ(result.error().brokerMessage, R"(order is already in "filled" state)");
  EXPECT_EQ(call::describeAnswer(result.error()),
            R"(The broker answered 422 (code 42210000): "order is already in "filled" state".)");
}

TEST(CancelOrderResponse, KeepsTheBodyAsItCame) {
  const std::string page = "<html><body>502 Bad Gateway</body></html>";
  const auto result = cancel_order::response(answer(502, page));
  EXPECT_EQ(result.error().body, page);
  EXPECT_EQ(result.error().brokerCode, std::nullopt);
  EXPECT_EQ(result.error().brokerMessage, "");
  EXPECT_EQ(call::describeAnswer(result.error()), "The broker answered 502.");
}

TEST(CancelOrderResponse, PutsNothingUnprintableAndNothingEndlessIntoTheMessage) {
  const auto result =
      cancel_order::response(answer(400, R"({"message":"a\nb\u001b[2J)" + std::string(5000, 'x') + "\"}"));
  EXPECT_THAT(call::describeAnswer(result.error()), HasSubstr("a?b?[2J"));
  EXPECT_LT(call::describeAnswer(result.error()).size(), 300U);
  EXPECT_GT(result.error().brokerMessage.size(), 5000U);
}

TEST(CancelOrderAdvice, TellsOfEachKindWhatToDo) {
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::Aborted); ++kind) {
    Error error;
    error.kind = static_cast<ErrorKind>(kind);
    EXPECT_GT(cancel_order::advice(error).size(), 10U) << toString(error.kind);
    error.maybeApplied = true;
    EXPECT_THAT(std::string(cancel_order::advice(error)), HasSubstr("read the order before you act"))
        << toString(error.kind);
  }
}

TEST(CancelOrderAdvice, SaysWhyAnAnswerLeavesDoubt) {
  const auto adviceFor = [](int status) {
    Error error = call::errorForStatus(answer(status));
    return std::string(cancel_order::advice(error));
  };
  for (int status : {200, 207, 299, 600}) {
    EXPECT_THAT(adviceFor(status), HasSubstr("The API does not define such an answer")) << status;
  }
  for (int status : {300, 302, 399}) {
    EXPECT_THAT(adviceFor(status), HasSubstr("The client follows no redirect: check ClientOptions::baseUrl")) << status;
  }
  EXPECT_THAT(adviceFor(502), Not(HasSubstr("does not define")));
}

TEST(CancelOrderAdvice, SaysWhatToCheck) {
  const auto adviceFor = [](int status) {
    Error error = call::errorForStatus(answer(status));
    return std::string(cancel_order::advice(error));
  };
  EXPECT_THAT(adviceFor(400), HasSubstr("Check the ids and ClientOptions::extraHeaders."));
  EXPECT_THAT(adviceFor(401), HasSubstr("the environment of ClientOptions::baseUrl"));
  EXPECT_THAT(adviceFor(403), HasSubstr("when credentials are missing"));
  EXPECT_THAT(adviceFor(404), HasSubstr("the environment of ClientOptions::baseUrl"));
}

}  // namespace
}  // namespace alpaca::broker::endpoints

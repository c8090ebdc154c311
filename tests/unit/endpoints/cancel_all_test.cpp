#include "endpoints/cancel_all.hpp"

#include "call/status_table.hpp"
#include "endpoints/cancel_order.hpp"

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
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

Result<CancelAllReport> read(const http::HttpResponse& response) {
  return cancel_all::response(response, test::account());
}

TEST(CancelAllRequest, IsADeleteOfAllOrders) {
  const auto spec = cancel_all::request(test::account());
  EXPECT_STREQ(spec.request.method, "DELETE");
  EXPECT_EQ(spec.request.target, "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders");
  EXPECT_THAT(test::segments(spec.request.target.str()), SizeIs(5));
  EXPECT_THAT(test::segments(spec.request.target.str()), Each(Not(IsEmpty())));
  EXPECT_EQ(spec.idempotency, call::Idempotency::Once);
  EXPECT_EQ(spec.success, 207);
}

// A server may decode the path, drop empty segments and resolve dots. Even so, no valid id leads to cancel-all.
TEST(CancelAllRequest, CannotBeReachedByCancelingOneOrder) {
  for (const char* id : {"", ".", "..", "/", "x/..", "?x", "#f", "%2e%2e", "%2F", ";x", "\\", " ", "\t", "x\n"}) {
    EXPECT_FALSE(OrderId::parse(id)) << id;
  }
  const std::string all = cancel_all::request(test::account()).request.target.str();
  for (const char* id : {"-", "_", "orders", "0"}) {
    const std::string one = cancel_order::request(test::account(), test::order(id)).request.target.str();
    EXPECT_EQ(one, all + "/" + id);
    EXPECT_THAT(test::segments(one), SizeIs(6));
  }
}

TEST(CancelAllResponse, TellsOfEachOrderWhatBecameOfIt) {
  const auto report = read(answer(207, R"([
      {"id":"a","status":200,"body":{"id":"a","symbol":"AAPL","status":"pending_cancel"}},
      {"id":"b","status":200},
      {"id":"c","status":204,"body":null},
      {"id":"d","status":422,"body":{"code":42210000,"message":"order is already in \"filled\" state"}},
      {"id":"e","status":500},
      {"id":"f","status":403,"body":"forbidden."}])"));
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->allAccepted());
  EXPECT_EQ(report->doubt.has_value(), false);
  const auto& entries = report->entries;
  ASSERT_THAT(entries, SizeIs(6));
  EXPECT_TRUE(entries[0].accepted() && entries[1].accepted() && entries[2].accepted());
  EXPECT_EQ(entries[0].orderId.str(), "a");
  EXPECT_EQ(entries[0].status, 200);
  ASSERT_TRUE(entries[0].after);
  EXPECT_EQ(entries[0].after->status.kind(), OrderStatus::PendingCancel);
  EXPECT_FALSE(entries[1].after || entries[2].after);

  ASSERT_FALSE(entries[3].accepted());
  EXPECT_EQ(entries[3].error->kind, ErrorKind::NotCancelable);
  EXPECT_EQ(entries[3].error->httpStatus, 422);
  EXPECT_EQ(entries[3].error->brokerCode, 42210000);
  EXPECT_EQ(entries[3].error->brokerMessage, R"(order is already in "filled" state)");
  EXPECT_FALSE(entries[3].error->maybeApplied);
  ASSERT_FALSE(entries[4].accepted());
  EXPECT_EQ(entries[4].error->kind, ErrorKind::ServerError);
  EXPECT_TRUE(entries[4].error->maybeApplied);
  ASSERT_FALSE(entries[5].accepted());
  EXPECT_EQ(entries[5].error->kind, ErrorKind::Forbidden);
  EXPECT_EQ(entries[5].error->brokerMessage, "forbidden.");
}

TEST(CancelAllResponse, MayBeAboutNoOrder) {
  const auto report = read(answer(207, "[]"));
  ASSERT_TRUE(report);
  EXPECT_THAT(report->entries, IsEmpty());
  EXPECT_TRUE(report->allAccepted());
}

TEST(CancelAllResponse, OfAnEntryIsJudgedAsACancelOfThatOrder) {
  for (int status = 200; status < 1000; ++status) {
    const auto report = read(answer(207, R"([{"id":"a","status":)" + std::to_string(status) + "}]"));
    ASSERT_TRUE(report) << status;
    const auto& entry = report->entries.front();
    EXPECT_EQ(entry.status, status);
    ASSERT_EQ(entry.accepted(), status == 200 || status == 204) << status;
    if (entry.accepted()) continue;
    const Error asOne = cancel_order::response(answer(status)).error();
    EXPECT_EQ(entry.error->kind, asOne.kind) << status;
    EXPECT_EQ(entry.error->maybeApplied, asOne.maybeApplied) << status;
  }
}

struct Disbelieved {
  const char* name;
  const char* entry;
  bool believed;
};

class CancelAllEntryOf : public ::testing::TestWithParam<Disbelieved> {};

TEST_P(CancelAllEntryOf, AnotherOrderIsNotBelieved) {
  const auto report = read(answer(207, std::string("[") + GetParam().entry + "]"));
  ASSERT_TRUE(report);
  const CancelAllEntry& entry = report->entries.front();
  if (GetParam().believed) {
    EXPECT_FALSE(entry.error && entry.error->maybeApplied);
    return;
  }
  EXPECT_FALSE(entry.after);
  ASSERT_TRUE(entry.error);
  EXPECT_EQ(entry.error->kind, ErrorKind::UnexpectedResponse);
  EXPECT_TRUE(entry.error->maybeApplied);
  EXPECT_THAT(call::describeAnswer(*entry.error), HasSubstr(". The entry "));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CancelAllEntryOf,
    ::testing::Values(
        Disbelieved{"AnotherOrder", R"({"id":"a","status":200,"body":{"id":"b","symbol":"B"}})", false},
        Disbelieved{"AnotherOrderRefused", R"({"id":"a","status":422,"body":{"id":"b","symbol":"B"}})", false},
        Disbelieved{"AnotherAccount",
                    R"({"id":"a","status":200,"body":{"id":"a","account_id":"00000000-35d3-4dcd-8df7-10286ebb4b4b"}})",
                    false},
        Disbelieved{"AnotherAccountBesideIt",
                    R"({"id":"a","status":200,"account_id":"00000000-35d3-4dcd-8df7-10286ebb4b4b"})", false},
        Disbelieved{"ARefusalThatSaysAccepted", R"({"id":"a","status":200,"body":{"code":1,"message":"no"}})", false},
        Disbelieved{"AMessageThatSaysAccepted", R"({"id":"a","status":204,"body":{"message":"no"}})", false},
        Disbelieved{"TheOrderWithAMessage", R"({"id":"a","status":200,"body":{"id":"a","message":"ok"}})", true},
        Disbelieved{"TheOrder", R"({"id":"a","status":200,"body":{"id":"a"}})", true},
        Disbelieved{"TheOrderInAnotherCase",
                    R"({"id":"61E69015-8549-4bfd-b9c3-01e75843f47d","status":200,
                        "body":{"id":"61e69015-8549-4BFD-B9C3-01e75843f47d"}})",
                    true},
        Disbelieved{"ARefusalWithAnIdOfItsOwn", R"({"id":"a","status":422,"body":{"code":1,"id":"b"}})", true}),
    test::kByName);

struct Pair {
  const char* name;
  const char* first;
  const char* second;
  bool inDoubt;
};

class CancelAllEntries : public ::testing::TestWithParam<Pair> {};

TEST_P(CancelAllEntries, ThatContradictEachOtherAreInDoubt) {
  const auto report =
      read(answer(207, std::string(R"([{"id":"a","status":)") + GetParam().first +
                           R"(},{"id":"b","status":200},{"id":"a","status":)" + GetParam().second + "}]"));
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->entries[1].accepted());
  for (const std::size_t i : {0U, 2U}) {
    const auto& error = report->entries[i].error;
    EXPECT_EQ(error && error->maybeApplied, GetParam().inDoubt) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CancelAllEntries,
    ::testing::Values(Pair{"AcceptedAndRefused", "200", "422", true}, Pair{"RefusedAndAccepted", "404", "204", true},
                      Pair{"AcceptedAndInDoubt", "200", "500", true}, Pair{"RefusedAndInDoubt", "422", "500", true},
                      Pair{"BothAccepted", "200", "204", false}, Pair{"BothRefused", "422", "404", false}),
    test::kByName);

TEST(CancelAllResponse, IsInDoubtWhenItLeavesAnOrderOut) {
  for (const char* body : {"",
                           "null",
                           "{}",
                           "[",
                           "[1]",
                           "[null]",
                           "[[]]",
                           R"([{"status":200}])",
                           R"([{"id":"a"}])",
                           R"([{"id":"a","status":200},{"id":"../a","status":200}])",
                           R"([{"id":"","status":200}])",
                           R"([{"id":null,"status":200}])",
                           R"([{"id":"a","status":null}])",
                           R"([{"id":"a","status":"ok"}])",
                           R"([{"id":"a","status":199}])",
                           R"([{"id":"a","status":1000}])",
                           R"([{"id":"a","status":200.5}])",
                           R"([{"id":"a","status":4294967496}])",
                           R"([{"id":"a","status":-200}])",
                           R"([{"id":"a","status":200}]x)"}) {
    const auto report = read(answer(207, body));
    ASSERT_FALSE(report) << body;
    EXPECT_EQ(report.error().kind, ErrorKind::UnexpectedResponse) << body;
    EXPECT_EQ(report.error().httpStatus, 207);
    EXPECT_EQ(report.error().body, body);
    EXPECT_TRUE(report.error().maybeApplied) << body;
    EXPECT_THAT(std::string(cancel_all::advice(report.error())), StartsWith("But the answer does not say"));
  }
}

struct Row {
  int status;
  ErrorKind kind;
  bool maybeApplied;
};

class CancelAllStatus : public ::testing::TestWithParam<Row> {};

TEST_P(CancelAllStatus, Means) {
  const Row& row = GetParam();
  const auto report = read(answer(row.status, R"([{"id":"a","status":200}])"));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, row.kind);
  EXPECT_EQ(report.error().maybeApplied, row.maybeApplied);
  EXPECT_EQ(report.error().httpStatus, row.status);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CancelAllStatus,
    ::testing::Values(Row{200, ErrorKind::UnexpectedResponse, true}, Row{204, ErrorKind::UnexpectedResponse, true},
                      Row{302, ErrorKind::UnexpectedResponse, true}, Row{400, ErrorKind::BadRequest, false},
                      Row{401, ErrorKind::Unauthorized, false}, Row{403, ErrorKind::Forbidden, false},
                      Row{404, ErrorKind::NotFound, false}, Row{408, ErrorKind::ServerError, false},
                      Row{422, ErrorKind::BadRequest, false}, Row{425, ErrorKind::ServerError, false},
                      Row{429, ErrorKind::RateLimited, false}, Row{451, ErrorKind::UnexpectedResponse, false},
                      Row{500, ErrorKind::ServerError, true}, Row{503, ErrorKind::ServerError, true},
                      Row{600, ErrorKind::UnexpectedResponse, true}),
    [](const auto& row) { return "Status" + std::to_string(row.param.status); });

TEST(CancelAllAdvice, TellsOfEachKindWhatToDo) {
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::Aborted); ++kind) {
    Error error;
    error.kind = static_cast<ErrorKind>(kind);
    EXPECT_GT(cancel_all::advice(error).size(), 10U) << toString(error.kind);
    EXPECT_THAT(std::string(cancel_all::advice(error)), Not(HasSubstr("may be canceled"))) << kind;
    error.maybeApplied = true;
    EXPECT_THAT(std::string(cancel_all::advice(error)), HasSubstr("list the open orders before you act"))
        << toString(error.kind);
  }
}

TEST(CancelAllAdvice, SaysWhyAnAnswerLeavesDoubt) {
  const auto adviceFor = [](int status) {
    Error error = call::errorForStatus(answer(status));
    return std::string(cancel_all::advice(error));
  };
  for (int status : {200, 204, 299, 600}) {
    EXPECT_THAT(adviceFor(status), HasSubstr("The API does not define such an answer")) << status;
  }
  for (int status : {300, 302, 399}) {
    EXPECT_THAT(adviceFor(status), HasSubstr("The client follows no redirect: check ClientOptions::baseUrl")) << status;
  }
  EXPECT_THAT(adviceFor(502), Not(HasSubstr("does not define")));
}

TEST(CancelAllAdvice, SaysWhatToCheck) {
  const auto adviceFor = [](int status) {
    Error error = call::errorForStatus(answer(status));
    return std::string(cancel_all::advice(error));
  };
  EXPECT_THAT(adviceFor(400), HasSubstr("Check the ids and ClientOptions::extraHeaders."));
  EXPECT_THAT(adviceFor(401), HasSubstr("the environment of ClientOptions::baseUrl"));
  EXPECT_THAT(adviceFor(403), HasSubstr("when credentials are missing"));
  EXPECT_THAT(adviceFor(404), HasSubstr("the environment of ClientOptions::baseUrl"));
}

}  // namespace
}  // namespace alpaca::broker::endpoints

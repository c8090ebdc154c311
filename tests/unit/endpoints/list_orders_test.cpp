#include "endpoints/list_orders.hpp"

#include "endpoints/order_reader.hpp"

#include "support/answers.hpp"
#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace alpaca::broker::endpoints {
namespace {

using test::answer;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr UtcTime kMoment{1'615'919'881'942'282'000ns};  // 2021-03-16T18:38:01.942282Z

struct Row {
  const char* name;
  std::function<void(OrderFilter&)> ask;
  const char* query;
};

class ListOrdersRequest : public ::testing::TestWithParam<Row> {};

TEST_P(ListOrdersRequest, SaysWhatIsAskedFor) {
  OrderFilter filter;
  GetParam().ask(filter);
  const auto spec = list_orders::request(test::account(), filter);
  EXPECT_STREQ(spec.request.method, "GET");
  EXPECT_EQ(spec.request.target,
            std::string("/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders?") + GetParam().query);
  EXPECT_EQ(spec.urlTemplate, "/v1/trading/accounts/{account_id}/orders");
  EXPECT_EQ(spec.idempotency, call::Idempotency::ReadOnly);
  EXPECT_EQ(spec.request.maxBodyBytes, kLargeBody);
}

INSTANTIATE_TEST_SUITE_P(
    All, ListOrdersRequest,
    ::testing::Values(
        Row{"Default", [](auto&) {}, "status=open&limit=500&direction=desc&nested=false"},
        Row{"Closed", [](auto& f) { f.status = OrderFilter::Status::Closed; },
            "status=closed&limit=500&direction=desc&nested=false"},
        Row{"All", [](auto& f) { f.status = OrderFilter::Status::All; },
            "status=all&limit=500&direction=desc&nested=false"},
        Row{"Oldest", [](auto& f) { f.direction = OrderFilter::Direction::OldestFirst; },
            "status=open&limit=500&direction=asc&nested=false"},
        Row{"Nested", [](auto& f) { f.nested = true; }, "status=open&limit=500&direction=desc&nested=true"},
        Row{"Limit", [](auto& f) { f.limit = 7; }, "status=open&limit=7&direction=desc&nested=false"},
        // The Broker API has no such parameter, so the client checks the returned orders instead.
        Row{"Side", [](auto& f) { f.side = OrderSide::Sell; }, "status=open&limit=500&direction=desc&nested=false"},
        Row{"After", [](auto& f) { f.submittedAfter = kMoment; },
            "status=open&limit=500&direction=desc&nested=false&after=2021-03-16T18%3A38%3A01.942282000Z"},
        Row{"Until", [](auto& f) { f.submittedBefore = kMoment + 1ns; },
            "status=open&limit=500&direction=desc&nested=false&until=2021-03-16T18%3A38%3A01.942282001Z"},
        Row{"Symbols",
            [](auto& f) {
              f.symbols = std::vector<std::string>{"AAPL", "BTC/USD", "BRK.B"};
            },
            "status=open&limit=500&direction=desc&nested=false&symbols=AAPL,BTC%2FUSD,BRK.B"},
        // Validation rejects such symbols earlier; encoding them here is a second safeguard.
        Row{"HostileSymbols",
            [](auto& f) {
              f.symbols = std::vector<std::string>{"A&limit=1", "#", ","};
            },
            "status=open&limit=500&direction=desc&nested=false&symbols=A%26limit%3D1,%23,%2C"}),
    test::kByName);

TEST(ListOrdersResponse, IsTheOrdersAsTheyCame) {
  const auto page = list_orders::response(
      answer(200, R"([{"id":"b","symbol":"B"},{"id":"a","symbol":"A"},{"id":"b","symbol":"B"}])"), test::account());
  ASSERT_TRUE(page);
  ASSERT_THAT(page->orders, SizeIs(3));
  EXPECT_EQ(page->orders[0].id.str(), "b");
  EXPECT_EQ(page->orders[1].id.str(), "a");
}

TEST(ListOrdersResponse, MayBeEmpty) {
  const auto page = list_orders::response(answer(200, "[]"), test::account());
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->orders.empty());
}

TEST(ListOrdersResponse, IsAnErrorUnlessItIsAList) {
  for (const char* body : {"", "{}", "null", R"({"id":"a","symbol":"A"})", R"([{"id":"a","symbol":"A"},)"}) {
    const auto page = list_orders::response(answer(200, body), test::account());
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().kind, ErrorKind::UnexpectedResponse) << body;
    EXPECT_EQ(page.error().httpStatus, 200) << body;
  }
}

// One unreadable entry once discarded all others, and a kill switch canceled none of them.
TEST(ListOrdersResponse, CountsWhatIsNoOrderAndKeepsTheRest) {
  for (const char* entry : {"null", "7", R"({"symbol":"B"})", R"({"id":null})", R"({"id":"x/y","symbol":"B"})"}) {
    const auto page =
        list_orders::response(answer(200, R"([{"id":"a","symbol":"A"},)" + std::string(entry) + "]"), test::account());
    ASSERT_TRUE(page) << entry;
    EXPECT_THAT(page->orders, SizeIs(1)) << entry;
    EXPECT_EQ(page->unreadable, 1U) << entry;
    EXPECT_EQ(page->size(), 2U) << entry;
  }
}

TEST(ListOrdersResponse, HoldsNoOrderOfAnotherAccount) {
  const auto page = list_orders::response(
      answer(200, R"([{"id":"a","account_id":"3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4B"},)"
                  R"({"id":"b","account_id":"3d0b0e65-35d3-4dcd-8df7-10286ebb4b4c"},{"id":"c"}])"),
      test::account());
  ASSERT_TRUE(page);
  ASSERT_THAT(page->orders, SizeIs(2));
  EXPECT_EQ(page->orders[1].id.str(), "c");
  EXPECT_EQ(page->foreign, 1U);
}

// The account's own order was once left out: its leg, or a malformed account id, seemed to name another account.
TEST(ListOrdersResponse, LeavesOutNoOrderOfWhichItIsNotClearWhoseItIs) {
  const auto leg = list_orders::response(
      answer(200, R"([{"id":"a","legs":[{"id":"b","account_id":"3d0b0e65-35d3-4dcd-8df7-10286ebb4b4c"}]}])"),
      test::account());
  EXPECT_THAT(leg->orders, SizeIs(1));
  const auto unclear = list_orders::response(answer(200, R"([{"id":"a","account_id":"912345678"}])"), test::account());
  EXPECT_EQ(unclear->unreadable, 1U);
}

TEST(ListOrdersResponse, TakesNoOtherStatusForAList) {
  for (int status = 201; status < 1000; ++status) {
    EXPECT_FALSE(list_orders::response(answer(status, "[]"), test::account())) << status;
  }
  EXPECT_EQ(list_orders::response(answer(404), test::account()).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(list_orders::response(answer(429), test::account()).error().kind, ErrorKind::RateLimited);
}

TEST(ListOrders, SaysThatAnUnreadableAnswerIsOne) {
  test::FakeTransport::Log log;
  log.answer = [](const auto&) { return test::answered(200, "{}"); };
  call::CallPipeline pipeline = test::makePipeline(log, {});
  const auto page = pipeline.call(list_orders::operation(test::account(), {}), CallOptions{});
  ASSERT_FALSE(page);
  EXPECT_THAT(page.error().message,
              HasSubstr("The broker answered 200. The answer does not hold what was asked for. Nothing was changed"));
  EXPECT_THAT(log.requests, SizeIs(1)) << "a retry would give the same";
}

TEST(ListOrders, ReadsAgainWhatWasCutOff) {
  test::FakeTransport::Log log;
  auto cut = test::answered(200, R"([{"id":"a","symbol":"A"},{"id")");
  cut.response->complete = false;
  log.answer = test::script({cut, test::answered(200, R"([{"id":"a","symbol":"A"},{"id":"b","symbol":"B"}])")});
  call::CallPipeline pipeline = test::makePipeline(log, {});
  const auto page = pipeline.call(list_orders::operation(test::account(), {}), CallOptions{});
  ASSERT_TRUE(page);
  EXPECT_THAT(page->orders, SizeIs(2));
  EXPECT_EQ(page.call().attempts, 2);
}

}  // namespace
}  // namespace alpaca::broker::endpoints

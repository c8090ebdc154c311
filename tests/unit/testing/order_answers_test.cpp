#include "testing/order_answers.hpp"

#include "support/ids.hpp"
#include "unit/testing/manual_clock.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <string>

namespace alpaca::broker::testing {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::account;
using test::order;

const std::string kOrders = "/v1/trading/accounts/" + account().str() + "/orders";

class OrderAnswersTest : public ::testing::Test {
 protected:
  Answer ask(const std::string& method, const std::string& target, bool bodies = true) {
    return actOn(routeOf(method, target), orders, {time.now(), true, bodies});
  }

  void add(const std::string& id, const std::string& status) { orders.add(account(), order(id), status); }
  std::string status(const std::string& id) { return orders.order(account(), order(id)).status.str(); }

  test::ManualClock time;
  OrderBook orders{time.clock(), std::nullopt};
};

TEST_F(OrderAnswersTest, GivesOneOrder) {
  add("o1", "filled");
  const Answer answer = ask("GET", kOrders + "/o1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json::parse(answer.body)["status"], "filled");
  EXPECT_EQ(ask("GET", kOrders + "/o2").body, R"({"code":40410000,"message":"order not found"})");
}

TEST_F(OrderAnswersTest, GivesAnOrderByTheClientsId) {
  orders.add(account(), Order{order("o1"), "AAPL", "my id/1"});
  const std::string path = kOrders + ":by_client_order_id";
  EXPECT_EQ(json::parse(ask("GET", path + "?client_order_id=my%20id%2F1").body)["id"], "o1");
  EXPECT_EQ(ask("GET", path + "?client_order_id=other").status, 404);
  EXPECT_EQ(ask("GET", path + "?client_order_id=").status, 400);
  EXPECT_EQ(ask("GET", path).status, 400);
  EXPECT_EQ(ask("GET", path + "?client_order_id=%").status, 400);
}

TEST_F(OrderAnswersTest, ListsOrders) {
  add("o1", "new");
  add("o2", "filled");
  add("o3", "new");
  const Answer answer = ask("GET", kOrders);
  EXPECT_EQ(answer.status, 200);
  const json rows = json::parse(answer.body);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["id"], "o3");
  EXPECT_EQ(rows[1]["id"], "o1");
  EXPECT_EQ(json::parse(ask("GET", kOrders + "?status=all&limit=1&direction=asc").body)[0]["id"], "o1");
  EXPECT_EQ(ask("GET", kOrders + "?symbols=MSFT").body, "[]");
}

TEST_F(OrderAnswersTest, SaysWhatIsWrongWithAQuery) {
  orders.addAccount(account());
  const Answer answer = ask("GET", kOrders + "?limit=501");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, R"({"code":40010000,"message":"limit is invalid; accepted: 1 to 500"})");
}

TEST_F(OrderAnswersTest, CancelsAllOrdersThatAreOpen) {
  add("open", "new");
  add("partly", "partially_filled");
  add("filled", "filled");
  add("replacing", "pending_replace");
  add("refusing", "new");
  orders.refuseCancel(account(), order("refusing"));
  const Answer answer = ask("DELETE", kOrders);
  EXPECT_EQ(answer.status, 207);
  const json entries = json::parse(answer.body);
  ASSERT_EQ(entries.size(), 4U);
  for (const json& entry : entries) {
    const bool canceled = entry["id"] == "open" || entry["id"] == "partly";
    EXPECT_EQ(entry["status"], canceled ? 200 : 422) << entry;
    EXPECT_EQ(entry["body"].value("status", ""), canceled ? "pending_cancel" : "");
    EXPECT_EQ(entry["body"].value("code", 0), canceled ? 0 : 42210000);
  }
  EXPECT_EQ(status("open"), "pending_cancel");
  EXPECT_EQ(status("partly"), "pending_cancel");
  EXPECT_EQ(status("filled"), "filled");
  EXPECT_EQ(status("replacing"), "pending_replace");
  EXPECT_EQ(status("refusing"), "new");
}

TEST_F(OrderAnswersTest, WritesARefusedEntryThatCanBeReadAsAnOrderToo) {
  add("o1", "pending_replace");
  const json body = json::parse(ask("DELETE", kOrders).body)[0]["body"];
  const json wanted = {{"code", 42210000},
                       {"message", R"(order is already in "pending_replace" state)"},
                       {"id", "o1"},
                       {"symbol", "AAPL"}};
  EXPECT_EQ(body, wanted);
}

TEST_F(OrderAnswersTest, SaysThatAPathIsNotPercentEncoded) {
  add("o1", "new");
  EXPECT_EQ(ask("GET", kOrders + "/%zz").status, 400);
  EXPECT_EQ(ask("GET", kOrders + "/%6F1").status, 200);
}

TEST_F(OrderAnswersTest, CancelsAllWithoutBodiesWhenTold) {
  add("o1", "new");
  EXPECT_EQ(ask("DELETE", kOrders, false).body, R"([{"id":"o1","status":200}])");
}

TEST_F(OrderAnswersTest, CancelsMoreOrdersThanAPageHolds) {
  for (int i = 0; i < 600; ++i) add(std::to_string(i), "new");
  EXPECT_EQ(json::parse(ask("DELETE", kOrders).body).size(), 600U);
  EXPECT_EQ(status("0"), "pending_cancel");
}

TEST_F(OrderAnswersTest, CancelsNothingOfAnAccountWithoutOpenOrders) {
  orders.addAccount(account());
  EXPECT_EQ(ask("DELETE", kOrders).body, "[]");
  add("o1", "filled");
  const Answer answer = ask("DELETE", kOrders);
  EXPECT_EQ(answer.status, 207);
  EXPECT_EQ(answer.body, "[]");
}

TEST_F(OrderAnswersTest, RefusesAccountsOnEveryRoute) {
  for (const std::string rest : {"/orders", "/orders/o1", "/orders:by_client_order_id?client_order_id=x"}) {
    EXPECT_EQ(ask("GET", "/v1/trading/accounts/not-a-uuid" + rest).status, 400) << rest;
    EXPECT_EQ(ask("GET", "/v1/trading/accounts/" + account().str() + rest).status, 404) << rest;
  }
  EXPECT_EQ(ask("DELETE", kOrders).status, 404);
}

TEST_F(OrderAnswersTest, TellsTheTime) {
  const Answer answer = ask("GET", "/v1/clock");
  EXPECT_EQ(answer.status, 200);
  const json clock = json::parse(answer.body);
  EXPECT_EQ(clock["timestamp"], "2023-11-14T22:13:20.000000000Z");
  EXPECT_EQ(clock["is_open"], true);
  EXPECT_LT(clock["timestamp"], clock["next_close"]);
  EXPECT_LT(clock["next_close"], clock["next_open"]);
}

}  // namespace
}  // namespace alpaca::broker::testing

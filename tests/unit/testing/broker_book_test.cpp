// Longer than 200 lines: one list of independent tests of one class.
#include "testing/broker_book.hpp"

#include "support/ids.hpp"
#include "support/row_name.hpp"
#include "unit/testing/manual_clock.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace alpaca::broker::testing {
namespace {

const std::string kAuthorization = "Basic a2V5OnNlY3JldA==";
const std::string kPath = "/v1/trading/accounts/" + test::account().str() + "/orders/";

class BrokerBookTest : public ::testing::Test {
 protected:
  Answer ask(const std::string& target, const std::string& authorization = kAuthorization,
             const std::string& method = "DELETE") {
    ReceivedRequest request{method, target, {}, {}};
    if (!authorization.empty()) request.headers.push_back({"authorization", authorization});
    return act(request).answer;
  }

  Decision act(const ReceivedRequest& request) { return book.act(book.record(request), book.term()); }

  void failNext(ScriptedOutcome outcome) {
    book.withFaults([&](FaultPlan& plan) { plan.push(std::move(outcome), {}); });
  }

  void addOrder(const std::string& id, const std::string& status) {
    book.withOrders([&](OrderBook& orders) { orders.add(test::account(), test::order(id), status); });
  }

  std::string orderStatus(const std::string& id) {
    return book.withOrders(
        [&](OrderBook& orders) { return orders.order(test::account(), test::order(id)).status.str(); });
  }

  static MockBrokerOptions rateLimitOf(int limit) {
    MockBrokerOptions options;
    options.rateLimit = limit;
    return options;
  }

  static std::string header(const Answer& answer, const std::string& name) {
    return ReceivedRequest{{}, {}, answer.headers, {}}.header(name);
  }

  test::ManualClock time;
  BrokerBook book{kAuthorization, rateLimitOf(3), time.clock()};
};

TEST_F(BrokerBookTest, AcceptsTheCancelOfAnOpenOrderOnce) {
  addOrder("o1", "new");
  EXPECT_EQ(ask(kPath + "o1").status, 204);
  EXPECT_EQ(orderStatus("o1"), "pending_cancel");
  EXPECT_EQ(ask(kPath + "o1").status, 422);
  book.withOrders([](OrderBook& orders) { orders.settleCancels(); });
  EXPECT_EQ(orderStatus("o1"), "canceled");
  EXPECT_EQ(ask(kPath + "o1").body, R"({"code":42210000,"message":"order is already in \"canceled\" state"})");
}

struct AuthorizationRow {
  const char* name;
  const char* authorization;
  int status;
};

class Authorization : public BrokerBookTest, public ::testing::WithParamInterface<AuthorizationRow> {};

TEST_P(Authorization, IsReadAsHttpSays) {
  addOrder("o1", "new");
  EXPECT_EQ(ask(kPath + "o1", GetParam().authorization).status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(BrokerBookTest, Authorization,
                         ::testing::Values(AuthorizationRow{"AsUsual", "Basic a2V5OnNlY3JldA==", 204},
                                           AuthorizationRow{"SchemeInLowerCase", "basic a2V5OnNlY3JldA==", 204},
                                           AuthorizationRow{"SchemeInUpperCase", "BASIC a2V5OnNlY3JldA==", 204},
                                           AuthorizationRow{"MoreBlanks", " Basic   a2V5OnNlY3JldA== ", 204},
                                           AuthorizationRow{"CredentialsInAnotherCase", "Basic A2v5OnNlY3JldA==", 401},
                                           AuthorizationRow{"OtherCredentials", "Basic b3RoZXI6c2VjcmV0", 401},
                                           AuthorizationRow{"OtherScheme", "Bearer a2V5OnNlY3JldA==", 401},
                                           AuthorizationRow{"SchemeAlone", "Basic", 401},
                                           AuthorizationRow{"NoScheme", "a2V5OnNlY3JldA==", 401},
                                           AuthorizationRow{"None", "", 403}),
                         test::kByName);

TEST_F(BrokerBookTest, CancelsOnlyWhatIsOpen) {
  for (const char* status : {"new", "accepted", "partially_filled", "held", "something_new"}) {
    addOrder("o", status);
    EXPECT_EQ(ask(kPath + "o").status, 204) << status;
  }
  for (const char* status :
       {"filled", "canceled", "expired", "rejected", "replaced", "pending_cancel", "pending_replace"}) {
    addOrder("o", status);
    EXPECT_EQ(ask(kPath + "o").status, 422) << status;
    EXPECT_EQ(orderStatus("o"), status);
  }
}

TEST_F(BrokerBookTest, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(ask(kPath + "o1").body, R"({"code":40410000,"message":"account not found"})");
  addOrder("o1", "new");
  EXPECT_EQ(ask(kPath + "o2").body, R"({"code":40410000,"message":"order not found"})");
  EXPECT_EQ(ask("/v1/trading/accounts/not-a-uuid/orders/o1").status, 400);
  for (const std::string& target :
       std::vector<std::string>{"/", "/v1/trading/accounts/", kPath, kPath + "o1/x", "/v1/trading/accounts//orders/o1",
                                "/v1/trading/accounts/x/positions"}) {
    EXPECT_EQ(ask(target).status, 404) << target;
  }
  EXPECT_EQ(ask(kPath + "o1", kAuthorization, "POST").status, 404);
  EXPECT_EQ(orderStatus("o1"), "new");
}

TEST_F(BrokerBookTest, ChecksTheCredentials) {
  addOrder("o1", "new");
  EXPECT_EQ(ask(kPath + "o1", "").status, 403);
  EXPECT_EQ(ask(kPath + "o1", "Basic x").status, 401);
  EXPECT_EQ(orderStatus("o1"), "new");
}

TEST_F(BrokerBookTest, NumbersItsAnswersAndCountsTheRateLimitDown) {
  const Answer first = ask("/");
  const Answer second = ask("/");
  EXPECT_EQ(header(first, "X-Request-ID").size(), 32U);
  EXPECT_NE(header(first, "X-Request-ID"), header(second, "X-Request-ID"));
  EXPECT_EQ(header(first, "X-RateLimit-Limit"), "3");
  EXPECT_EQ(header(first, "X-RateLimit-Remaining"), "2");
  EXPECT_EQ(header(second, "X-RateLimit-Remaining"), "1");
  ask("/");
  EXPECT_EQ(header(ask("/"), "X-RateLimit-Remaining"), "0");
  EXPECT_EQ(header(first, "X-RateLimit-Reset"), "1700000060");
}

TEST_F(BrokerBookTest, GivesScriptedAnswersInOrderAndDoesNothingElse) {
  addOrder("o1", "new");
  failNext(Answer{502, "<html>", {{"x-request-id", "mine"}}});
  failNext(Answer{429, "", {{"Retry-After", "2"}}});
  const Answer first = ask(kPath + "o1");
  EXPECT_EQ(first.status, 502);
  EXPECT_EQ(first.body, "<html>");
  EXPECT_EQ(header(first, "X-Request-ID"), "mine");
  EXPECT_EQ(header(ask(kPath + "o1"), "Retry-After"), "2");
  EXPECT_EQ(orderStatus("o1"), "new");
  EXPECT_EQ(ask(kPath + "o1").status, 204);
}

TEST_F(BrokerBookTest, RecordsEverythingItReceives) {
  ask("/a", "");
  ask("/b");
  EXPECT_EQ(book.requestCount(), 2U);
  EXPECT_EQ(book.requests()[0].target, "/a");
  EXPECT_EQ(book.requests()[1].header("Authorization"), kAuthorization);
  EXPECT_EQ(book.requests()[1].header("Cookie"), "");
}

TEST_F(BrokerBookTest, RecordsWhatItDecided) {
  addOrder("o1", "new");
  ask(kPath + "o1");
  ask(kPath + "o1");
  ask(kPath + "o1", "");
  const auto requests = book.requests();
  EXPECT_EQ(requests[0].status, 204);
  EXPECT_EQ(requests[1].status, 422);
  EXPECT_EQ(requests[2].status, 403);
  EXPECT_EQ(requests[0].statusTold, 0);
  EXPECT_TRUE(book.handOver(0, book.term(), 204));
  EXPECT_EQ(book.requests()[0].statusTold, 204);
}

TEST_F(BrokerBookTest, RecordsWhatItDecidedBeforeAFaultAndNotWhatItSaid) {
  addOrder("o1", "new");
  failNext(MockFault::BadGatewayAfterActing);
  EXPECT_EQ(ask(kPath + "o1").status, 502);
  failNext(MockFault::LostRequest);
  EXPECT_EQ(act({"DELETE", kPath + "o1"}).delivery, Delivery::Cut);
  EXPECT_EQ(book.requests()[0].status, 204);
  EXPECT_EQ(book.requests()[1].status, 0);
}

TEST_F(BrokerBookTest, DatesItsAnswers) { EXPECT_EQ(header(ask("/"), "Date"), "Tue, 14 Nov 2023 22:13:20 GMT"); }

TEST_F(BrokerBookTest, RefusesNothingBeyondTheLimitUnlessTold) {
  addOrder("o1", "new");
  for (int i = 0; i < 10; ++i) ask("/");
  EXPECT_EQ(ask(kPath + "o1").status, 204);
}

TEST_F(BrokerBookTest, RefusesWhatIsBeyondTheLimitWithoutActingOnIt) {
  MockBrokerOptions options = rateLimitOf(2);
  options.refuseBeyondRateLimit = true;
  BrokerBook limited{kAuthorization, options, time.clock()};
  limited.withOrders([](OrderBook& orders) { orders.add(test::account(), test::order("o1"), "new"); });
  const auto cancel = [&] {
    const auto number = limited.record({"DELETE", kPath + "o1", {{"Authorization", kAuthorization}}});
    return limited.act(number, limited.term()).answer;
  };
  for (int i = 0; i < 2; ++i) limited.withFaults([](FaultPlan& plan) { plan.push(Answer{500}, {}); });
  EXPECT_EQ(cancel().status, 500);
  EXPECT_EQ(header(cancel(), "X-RateLimit-Remaining"), "0");
  const Answer refused = cancel();
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body, R"({"code":42910000,"message":"rate limit exceeded"})");
  EXPECT_EQ(header(refused, "Retry-After"), "60");
  EXPECT_EQ(header(refused, "X-RateLimit-Limit"), "2");
  EXPECT_EQ(header(refused, "X-RateLimit-Remaining"), "0");
  EXPECT_EQ(header(refused, "X-RateLimit-Reset"), "1700000060");
  EXPECT_EQ(limited.requests().back().status, 429);
  time.pass(std::chrono::seconds(60));
  EXPECT_EQ(cancel().status, 204);
}

TEST_F(BrokerBookTest, DoesNothingMoreForAnEarlierTerm) {
  addOrder("o1", "new");
  const std::size_t term = book.term();
  const std::size_t acted = book.record({"GET", "/v1/clock"});
  book.act(acted, term);
  const std::size_t late = book.record({"DELETE", kPath + "o1", {{"Authorization", kAuthorization}}});
  book.endTerm();
  EXPECT_FALSE(book.handOver(acted, term, 204));
  EXPECT_EQ(book.act(late, term).delivery, Delivery::Cut);
  EXPECT_EQ(orderStatus("o1"), "new");
  EXPECT_EQ(book.requests()[acted].statusTold, 0);
  EXPECT_EQ(ask(kPath + "o1").status, 204) << "in the next term";
}

TEST_F(BrokerBookTest, CutsAnAnswerInItsBodyAndLosesOneWithout) {
  addOrder("o1", "new");
  const auto meet = [&](const char* method, const std::string& target) {
    failNext(MockFault::CutAnswer);
    return act({method, target, {{"Authorization", kAuthorization}}});
  };
  const Decision read = meet("GET", kPath + "o1");
  EXPECT_EQ(read.delivery, Delivery::CutBody);
  EXPECT_EQ(read.answer.status, 200);
  EXPECT_EQ(meet("HEAD", kPath + "o1").delivery, Delivery::Cut);
  EXPECT_EQ(meet("DELETE", kPath + "o1").delivery, Delivery::Cut);
  EXPECT_EQ(book.requests()[1].status, 200);
  EXPECT_EQ(book.requests()[2].status, 204);
  EXPECT_EQ(orderStatus("o1"), "pending_cancel");
}

TEST_F(BrokerBookTest, DelaysTheAnswersOfFaultsToo) {
  book.withFaults([](FaultPlan& plan) { plan.delay(std::chrono::milliseconds(7), {"GET"}); });
  failNext(MockFault::BadGateway);
  const Decision failed = act({"GET", "/v1/clock"});
  EXPECT_EQ(failed.answer.status, 502);
  EXPECT_EQ(failed.delay, std::chrono::milliseconds(7));
  EXPECT_EQ(act({"DELETE", kPath + "o1"}).delay, std::chrono::milliseconds(0));
}

TEST_F(BrokerBookTest, SaysWhetherTheMarketIsOpen) {
  const auto clock = [&] { return nlohmann::json::parse(ask("/v1/clock", kAuthorization, "GET").body); };
  const auto open = clock();
  EXPECT_EQ(open["is_open"], true);
  EXPECT_LT(open["timestamp"], open["next_close"]);
  EXPECT_LT(open["next_close"], open["next_open"]);
  book.setMarketOpen(false);
  const auto closed = clock();
  EXPECT_EQ(closed["is_open"], false);
  EXPECT_LT(closed["timestamp"], closed["next_open"]);
  EXPECT_LT(closed["next_open"], closed["next_close"]);
  addOrder("o1", "new");
  EXPECT_EQ(ask(kPath + "o1").status, 204) << "a closed market accepts cancels";
}

TEST_F(BrokerBookTest, RefusesNonsenseFromItsUser) {
  EXPECT_THROW(addOrder("o", ""), std::invalid_argument);
  EXPECT_THROW(failNext(Answer{99}), std::invalid_argument);
  EXPECT_THROW(failNext(Answer{600}), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(orderStatus("o")), std::out_of_range);
}

}  // namespace
}  // namespace alpaca::broker::testing

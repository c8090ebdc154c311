#include "workflows/kill_switch.hpp"

#include "model/timestamp.hpp"

#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/numbered_ids.hpp"
#include "support/order_body.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace alpaca::broker::workflows {
namespace {

using test::account;
using test::answered;
using test::failed;
using test::orderBody;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

// A broker with one order. Each call that a kill switch makes is answered by its own function.
class KillSwitchFeature : public ::testing::Test {
 protected:
  KillSwitchFeature() {
    client.retry.maxAttempts = 1;
    log.answer = [this](const http::HttpRequest& request) {
      const std::string method = request.method;
      const bool isOfOne = request.target.view().find("/orders/") != std::string::npos;
      if (method == "DELETE") return isOfOne ? cancelOne : cancelAll;
      if (isOfOne) return readOne;
      return request.target.view().find("status=closed") != std::string::npos ? listClosed : listOpen;
    };
  }

  AccountReport run() {
    call::CallPipeline pipeline = test::makePipeline(log, client);
    return killSwitch(pipeline, {account()}, options).value().accounts.at(0);
  }

  static bool isOfOneOrder(const http::HttpRequest& request) {
    return request.target.view().find("/orders/") != std::string::npos;
  }

  [[nodiscard]] long cancelAlls() const {
    return std::count_if(log.requests.begin(), log.requests.end(), [](const std::string& request) {
      return request.rfind("DELETE", 0) == 0 && request.find("/orders/") == std::string::npos;
    });
  }

  // That many sell orders, a second apart, newest first.
  static std::string pageOf(int count) {
    std::string page = "[";
    for (int i = 0; i < count; ++i) {
      const auto time = model::Nanotime(std::chrono::seconds(1'700'000'000 - i));
      page += std::string(i == 0 ? "" : ",") +
              orderBody("new", "order-" + std::to_string(i),
                        R"(,"side":"sell","submitted_at":")" + model::formatTimestamp(time) + '"');
    }
    return page + "]";
  }

  ClientOptions client;
  KillSwitchOptions options;
  http::Exchange cancelAll = answered(207, R"([{"id":"one","status":200}])");
  http::Exchange cancelOne = answered(204);
  http::Exchange listOpen = answered(200, "[]");
  http::Exchange listClosed = answered(200, "[" + orderBody("canceled") + "]");
  http::Exchange readOne = answered(200, orderBody("canceled"));
  test::FakeTransport::Log log;
};

// Cancel-all and the open orders; then, for the verdict, all closed orders and the open ones again.
TEST_F(KillSwitchFeature, TakesFiveRequestsWhenAllGoesWell) {
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.canceled, SizeIs(1));
  EXPECT_THAT(log.requests, SizeIs(5));
  EXPECT_EQ(kill.call.sends, 5);
  EXPECT_EQ(kill.cancelAllError, std::nullopt);
}

// The wait between two looks doubles. Without a last look, the switch gave up at half of a short deadline.
TEST_F(KillSwitchFeature, LooksOnceMoreBeforeItsTimeEnds) {
  options.call.deadline = 1500ms;
  const auto start = log.now;
  const auto answer = log.answer;
  log.answer = [&, answer](const http::HttpRequest& request) {
    listOpen = answered(200, log.now - start < 900ms ? "[" + orderBody("pending_cancel") + "]" : "[]");
    return answer(request);
  };
  EXPECT_TRUE(run().isEmpty);
}

TEST_F(KillSwitchFeature, AdmitsThatOrdersMayBeCanceledWhenTheBrokerIsGone) {
  options.call.deadline = 1s;
  listOpen = failed(http::Failure::ConnectFailed, 0);
  const AccountReport kill = run();
  ASSERT_TRUE(kill.error);
  EXPECT_TRUE(kill.error->maybeApplied) << "the cancel-all was accepted";
  EXPECT_EQ(kill.error->kind, ErrorKind::InDoubt);
  EXPECT_THAT(kill.error->message, HasSubstr("Cancels were accepted before"));
}

TEST_F(KillSwitchFeature, SendsNoCancelAllTwiceThatMayHaveBeenApplied) {
  cancelAll = failed(http::Failure::TimedOut, 1);
  client.retry.maxAttempts = 3;
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty) << "as the lists showed";
  EXPECT_THAT(cancelAlls(), 1);
  EXPECT_TRUE(kill.cancelAllError->maybeApplied);
}

TEST_F(KillSwitchFeature, SendsACancelAllAgainThatCertainlyWasNotApplied) {
  int tries = 0;
  const auto rest = log.answer;
  log.answer = [&, rest](const http::HttpRequest& request) {
    const bool isCancelAll = std::string(request.method) == "DELETE" && !isOfOneOrder(request);
    return isCancelAll && ++tries < 3 ? answered(429) : isCancelAll ? cancelAll : rest(request);
  };
  listOpen = answered(500);
  options.call.deadline = 3s;
  const AccountReport kill = run();
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(kill.cancelAllError, std::nullopt);
  EXPECT_FALSE(kill.isEmpty);
}

TEST_F(KillSwitchFeature, LooksAgainAfterALookThatFailed) {
  int looks = 0;
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") return answered(207, "[]");
    return ++looks < 8 ? answered(looks == 1 ? 502 : 200, "<html>") : answered(200, "[]");
  };
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_GE(kill.rounds, 3);
  EXPECT_EQ(kill.error, std::nullopt);
}

// A single 400, 401, 403 or 404 once ended the kill switch after 1 ms of 5 s.
TEST_F(KillSwitchFeature, GoesOnAfterAListThatWasRefused) {
  for (const int status : {400, 401, 403, 404}) {
    int looks = 0;
    log.answer = [&](const http::HttpRequest& request) {
      if (std::string(request.method) == "DELETE") return answered(207, "[]");
      return ++looks == 1 ? answered(status) : answered(200, "[]");
    };
    EXPECT_TRUE(run().isEmpty) << status;
  }
}

TEST_F(KillSwitchFeature, SaysInTheEndWhyNoLookHasSucceeded) {
  listOpen = listClosed = readOne = answered(401);
  options.call.deadline = 3s;
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_GT(kill.rounds, 3);
  EXPECT_EQ(kill.error->kind, ErrorKind::Unauthorized);
  ASSERT_THAT(kill.unknown, SizeIs(1));
  EXPECT_EQ(kill.unknown[0].error->kind, ErrorKind::Unauthorized);
}

TEST_F(KillSwitchFeature, ReadsOneByOneWhatIsNotAmongTheClosedOrders) {
  listClosed = answered(200, "[]");
  readOne = answered(200, orderBody("filled"));
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.filled, SizeIs(1));
}

TEST_F(KillSwitchFeature, BelievesAReadThatShowsTheOrderOpen) {
  listClosed = answered(200, "[]");
  readOne = answered(200, orderBody("pending_cancel"));
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(kill.stillOpen, SizeIs(1));
}

// The kill switch once gave up after 3 ms of 10 s. The 207 said 500 for the order, although a read of it said "new".
TEST_F(KillSwitchFeature, CancelsWhatAReadShowsOpen) {
  cancelAll = answered(207, R"([{"id":"one","status":500}])");
  listClosed = answered(200, "[]");
  readOne = answered(200, orderBody("new"));
  const auto rest = log.answer;
  log.answer = [&, rest](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE" && isOfOneOrder(request))
      readOne = answered(200, orderBody("canceled"));
    return rest(request);
  };
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.canceled, SizeIs(1));
}

// "Closed" was once taken for "final". A held leg, or an order that the open list does not show yet, is not final.
TEST_F(KillSwitchFeature, TakesNoClosedOrderForFinalThatIsNot) {
  for (const char* status : {"held", "new", "partially_filled", "done_for_day", "tomorrow"}) {
    SCOPED_TRACE(status);
    cancelAll = answered(207, "[]");
    listClosed = answered(200, "[" + orderBody(status) + "]");
    readOne = answered(200, orderBody(status));
    const auto rest = log.answer;
    bool canceled = false;
    log.answer = [&, rest](const http::HttpRequest& request) {
      if (std::string(request.method) == "DELETE" && isOfOneOrder(request)) canceled = true;
      if (canceled) listClosed = readOne = answered(200, orderBody("canceled"));
      if (canceled) listClosed = answered(200, "[" + orderBody("canceled") + "]");
      return rest(request);
    };
    const AccountReport kill = run();
    EXPECT_TRUE(canceled);
    EXPECT_TRUE(kill.isEmpty);
    EXPECT_THAT(kill.canceled, SizeIs(1));
    log.answer = rest;
  }
}

TEST_F(KillSwitchFeature, CallsNoAccountEmptyWhileAClosedOrderIsAlive) {
  for (const char* status : {"held", "pending_cancel"}) {
    SCOPED_TRACE(status);
    cancelAll = answered(207, "[]");
    cancelOne = answered(422);
    listClosed = answered(200, "[" + orderBody(status) + "]");
    readOne = answered(200, orderBody(status));
    options.call.deadline = 3s;
    const AccountReport kill = run();
    EXPECT_FALSE(kill.isEmpty);
    EXPECT_THAT(kill.stillOpen, SizeIs(1));
    EXPECT_THAT(kill.expiredOrReplaced, IsEmpty());
  }
}

// The report once claimed that nothing was sent.
TEST_F(KillSwitchFeature, RemembersACancelAllWhoseAnswerWasLost) {
  cancelAll = failed(http::Failure::ConnectionLost, 1);
  listOpen = listClosed = readOne = failed(http::Failure::ConnectFailed, 0);
  options.call.deadline = 2s;
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  ASSERT_TRUE(kill.cancelAllError);
  EXPECT_EQ(kill.cancelAllError->kind, ErrorKind::InDoubt);
  EXPECT_TRUE(kill.cancelAllError->maybeApplied);
  ASSERT_TRUE(kill.error);
  EXPECT_EQ(kill.error->kind, ErrorKind::InDoubt);
  EXPECT_TRUE(kill.error->maybeApplied);
  EXPECT_EQ(kill.call.sends, 1);
  EXPECT_THAT(kill.error->message, Not(HasSubstr("Nothing was changed")));
  EXPECT_THAT(kill.error->message, HasSubstr("may have been applied"));
}

// The cancel-all once used up the whole deadline.
TEST_F(KillSwitchFeature, LeavesTimeForTheRestWhenTheCancelAllHangs) {
  listOpen = answered(200, "[" + orderBody("new") + "]");
  const auto rest = log.answer;
  log.answer = [&, rest](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE" && !isOfOneOrder(request)) {
      log.now = log.limits.back().deadline;
      return failed(http::Failure::TimedOut, 1);
    }
    if (std::string(request.method) == "DELETE") listOpen = answered(200, "[]");
    return rest(request);
  };
  options.call.deadline = 1s;
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.canceled, SizeIs(1));
  EXPECT_LT(log.now, call::CallPipeline::Clock::time_point(700ms));
}

// A list page that hung once used up the time for the cancels, too.
TEST_F(KillSwitchFeature, CancelsWhatIsKnownWhenAListHangs) {
  bool canceled = false;
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") {
      canceled = true;
      return answered(204);
    }
    if (request.target.view().find("until=") == std::string::npos) {
      return answered(200, canceled ? "[]" : pageOf(2));
    }
    log.now = std::max(log.now, log.limits.back().deadline);
    return failed(http::Failure::TimedOut, 1);
  };
  options.side = OrderSide::Sell;
  options.call.deadline = 5s;
  run();
  EXPECT_TRUE(canceled);
  EXPECT_LT(log.now, call::CallPipeline::Clock::time_point(5s));
}

// An order that cannot be canceled once kept the kill switch from the live ones among the closed orders.
TEST_F(KillSwitchFeature, CancelsAHeldOrderBesideOneThatCannotBeCanceled) {
  cancelAll = answered(207, "[]");
  listOpen = answered(200, "[" + orderBody("pending_replace") + "]");
  bool canceled = false;
  const auto rest = log.answer;
  log.answer = [&, rest](const http::HttpRequest& request) {
    const bool isTwo = request.target.view().find("/orders/two") != std::string::npos;
    if (std::string(request.method) == "DELETE" && isOfOneOrder(request)) {
      canceled = canceled || isTwo;
      return answered(isTwo ? 204 : 422);
    }
    listClosed = answered(200, "[" + orderBody(canceled ? "canceled" : "held", "two") + "]");
    return rest(request);
  };
  options.call.deadline = 2s;
  const AccountReport kill = run();
  EXPECT_TRUE(canceled);
  EXPECT_THAT(kill.canceled, SizeIs(1));
  EXPECT_THAT(kill.stillOpen, SizeIs(1));
}

// An order named in "replaced_by" was once canceled, although it is on the other side.
TEST_F(KillSwitchFeature, CancelsNoReplacementOfAnotherSide) {
  options.side = OrderSide::Buy;
  options.call.deadline = 2s;
  listOpen = answered(200, "[]");
  listClosed = answered(200, "[]");
  const std::string old = orderBody("replaced", "one", R"(,"side":"buy","replaced_by":"two")");
  bool canceledOne = false;
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") {
      EXPECT_THAT(request.target.str(), HasSubstr("/orders/one"));
      canceledOne = true;
      return answered(204);
    }
    if (isOfOneOrder(request)) {
      const bool isOne = request.target.view().find("/one") != std::string::npos;
      return answered(200, isOne ? old : orderBody("new", "two", R"(,"side":"sell")"));
    }
    const bool isOpen = request.target.view().find("status=open") != std::string::npos;
    return answered(200, isOpen && !canceledOne ? "[" + orderBody("new", "one", R"(,"side":"buy")") + "]" : "[]");
  };
  EXPECT_TRUE(run().isEmpty);
}

std::string submittedAt(const char* time) { return std::string(R"(,"submitted_at":")") + time + '"'; }

constexpr UtcTime kTenOClock{1'767'261'600s};  // 2026-01-01T10:00:00Z

// Neither a cancel-all, which would take newer orders along, nor a parameter that the broker might read differently.
TEST_F(KillSwitchFeature, ByAgeCancelsOlderOrdersOneByOne) {
  options.submittedBefore = kTenOClock;
  bool canceled = false;
  log.answer = [&](const http::HttpRequest& request) {
    EXPECT_EQ(request.target.str().find("2026-01-01T10%3A00%3A00.000000000Z"), std::string::npos) << "not the bound";
    if (std::string(request.method) == "DELETE") {
      EXPECT_THAT(request.target.str(), HasSubstr("/orders/old"));
      canceled = true;
      return answered(204);
    }
    if (isOfOneOrder(request)) return answered(200, orderBody("canceled", "old", submittedAt("2026-01-01T09:59:59Z")));
    const bool isOpen = request.target.view().find("status=open") != std::string::npos;
    if (!isOpen) return answered(200, "[]");
    const std::string rest = orderBody("new", "new", submittedAt("2026-01-01T10:00:01Z")) + "," +
                             orderBody("new", "same", submittedAt("2026-01-01T10:00:00Z"));
    const std::string old = orderBody("new", "old", submittedAt("2026-01-01T09:59:59Z"));
    return answered(200, "[" + rest + (canceled ? "]" : "," + old + "]"));
  };
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty) << "of the older orders";
  EXPECT_THAT(kill.canceled, SizeIs(1));
  EXPECT_THAT(kill.stillOpen, IsEmpty()) << "newer orders are not meant";
}

TEST_F(KillSwitchFeature, ByAgeTakesNewerOrdersWhenItIsAskedTo) {
  options.submittedAfter = kTenOClock;
  options.dryRun = true;
  listOpen = answered(200, "[" + orderBody("new", "late", submittedAt("2026-01-01T10:00:01Z")) + "," +
                               orderBody("new", "early", submittedAt("2026-01-01T09:00:00Z")) + "]");
  listClosed = answered(200, "[]");
  const AccountReport kill = run();
  ASSERT_THAT(kill.stillOpen, SizeIs(1));
  EXPECT_EQ(kill.stillOpen[0].order.id.str(), "late");
}

// The replacement has its own time of submission. A market maker that moves its quote has looked at it since.
TEST_F(KillSwitchFeature, ByAgeLeavesANewerReplacementAlone) {
  options.submittedBefore = kTenOClock;
  bool canceledOne = false;
  const std::string fresh = orderBody("new", "two", submittedAt("2026-01-01T10:00:05Z") + R"(,"replaces":"one")");
  const std::string replaced =
      orderBody("replaced", "one", submittedAt("2026-01-01T09:00:00Z") + R"(,"replaced_by":"two")");
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") {
      EXPECT_THAT(request.target.str(), HasSubstr("/orders/one"));
      canceledOne = true;
      return answered(422);
    }
    const bool isOne = request.target.view().find("/orders/one") != std::string::npos;
    if (isOfOneOrder(request)) return answered(200, isOne ? replaced : fresh);
    const bool isOpen = request.target.view().find("status=open") != std::string::npos;
    if (!isOpen) return answered(200, canceledOne ? "[" + replaced + "]" : "[]");
    const std::string one = orderBody("new", "one", submittedAt("2026-01-01T09:00:00Z"));
    return answered(200, "[" + (canceledOne ? fresh : one) + "]");
  };
  const AccountReport kill = run();
  EXPECT_TRUE(canceledOne);
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.expiredOrReplaced, SizeIs(1));
  EXPECT_THAT(kill.stillOpen, IsEmpty());
}

// An order of unknown age may be old: it must neither be canceled nor forgotten.
TEST_F(KillSwitchFeature, ByAgeCallsNoAccountEmptyWhileAnOrderHasNoReadableTime) {
  options.submittedBefore = kTenOClock;
  options.call.deadline = 1s;
  for (const std::string& time : {std::string(), submittedAt("yesterday"), std::string(R"(,"submitted_at":null)")}) {
    log.requests.clear();
    listOpen = answered(200, "[" + orderBody("new", "one", time) + "]");
    listClosed = answered(200, "[]");
    const AccountReport kill = run();
    EXPECT_FALSE(kill.isEmpty);
    ASSERT_TRUE(kill.error);
    EXPECT_THAT(kill.error->message, HasSubstr("time of submission that the filter needs"));
    EXPECT_THAT(log.requests, Not(Contains(HasSubstr("DELETE"))));
  }
}

// A leg that lacked its side or its time once counted as outside the filter, and the account as empty.
TEST_F(KillSwitchFeature, CallsNoAccountEmptyWhileALegDoesNotSayWhetherItIsMeant) {
  options.clientOrderIdPrefix = "maker-";
  options.submittedBefore = kTenOClock;
  options.call.deadline = 1s;
  const std::string leg = orderBody("held", "leg", R"(,"client_order_id":"made-up")");
  listOpen = answered(200, "[]");
  listClosed = answered(
      200, "[" +
               orderBody("filled", "one",
                         submittedAt("2026-01-01T09:00:00Z") + R"(,"client_order_id":"maker-1","legs":[)" + leg + "]") +
               "]");
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  ASSERT_TRUE(kill.error);
  EXPECT_THAT(kill.error->message, HasSubstr("may or may not be meant"));
}

// A look back from now would miss all orders that a bound in the past selects.
TEST_F(KillSwitchFeature, LooksBackFromTheBoundOfTheFilter) {
  options.submittedBefore = kTenOClock;
  options.closedLookBack = 1h;
  listOpen = answered(200, "[]");
  listClosed = answered(200, "[]");
  run();
  EXPECT_THAT(log.requests, Contains(HasSubstr("status=closed")));
  for (const std::string& request : log.requests) {
    if (request.find("status=closed") != std::string::npos) {
      EXPECT_THAT(request, HasSubstr("&after=2026-01-01T09%3A00%3A00.000000000Z"));
    }
  }
}

// A replacement was once lost when the order before it was final and did not name it.
TEST_F(KillSwitchFeature, FollowsWhatSaysThatItReplacedAMeantOrder) {
  options.clientOrderIdPrefix = "maker-";
  bool canceled = false;
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") {
      EXPECT_THAT(request.target.str(), HasSubstr("/orders/three"));
      canceled = true;
      return answered(204);
    }
    const std::string three =
        orderBody(canceled ? "canceled" : "new", "three", R"(,"client_order_id":"z","replaces":"two")");
    if (isOfOneOrder(request)) return answered(200, three);
    const bool isClosed = request.target.view().find("status=closed") != std::string::npos;
    if (!isClosed) return answered(200, canceled ? "[]" : "[" + three + "]");
    return answered(200, "[" + orderBody("replaced", "two", R"(,"client_order_id":"y","replaces":"one")") + "," +
                             orderBody("replaced", "one", R"(,"client_order_id":"maker-1","replaced_by":"two")") + "]");
  };
  EXPECT_TRUE(run().isEmpty);
  EXPECT_TRUE(canceled);
}

// Symbols in lower case were once sent unchanged. A broker that lists none of them made the account look empty.
TEST_F(KillSwitchFeature, LeavesNoSymbolToTheBroker) {
  options.symbols = std::vector<std::string>{"aapl"};
  run();
  for (const std::string& request : log.requests) EXPECT_THAT(request, Not(HasSubstr("symbols=")));
}

// Readable orders in a list with an unreadable entry are canceled, but not in a dry run.
TEST_F(KillSwitchFeature, CancelsNothingInADryRunWhoseListsFail) {
  listOpen = answered(200, R"([{"id":null},)" + orderBody("new") + "]");
  options.dryRun = true;
  options.call.deadline = 1s;
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(kill.stillOpen, SizeIs(1));
  EXPECT_TRUE(kill.error);
  EXPECT_THAT(log.requests, Not(Contains(HasSubstr("DELETE"))));
}

struct Undecided {
  const char* name;
  const char* fields;
};

class KillSwitchOfAnOrder : public KillSwitchFeature, public ::testing::WithParamInterface<Undecided> {};

// An order with an unreadable side once counted as outside the filter, and the account as empty.
TEST_P(KillSwitchOfAnOrder, ThatDoesNotSayWhetherItIsMeantIsNotEmptyAndCancelsNothing) {
  const std::string entry = std::string(R"({"id":"one","status":"new")") + GetParam().fields + "}";
  listOpen = answered(200, "[" + entry + "]");
  listClosed = answered(200, "[]");
  options.side = OrderSide::Sell;
  options.symbols = std::vector<std::string>{"AAPL"};
  options.clientOrderIdPrefix = "maker-";
  options.call.deadline = 1s;
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  ASSERT_TRUE(kill.error);
  EXPECT_THAT(kill.error->message, HasSubstr("does not state"));
  EXPECT_THAT(log.requests, Not(Contains(HasSubstr("DELETE"))));
}

INSTANTIATE_TEST_SUITE_P(
    All, KillSwitchOfAnOrder,
    ::testing::Values(
        Undecided{"SideOfAnotherKind", R"(,"side":true,"symbol":"AAPL","client_order_id":"maker-1")"},
        Undecided{"SideInAnotherCase", R"(,"side":"SELL","symbol":"AAPL","client_order_id":"maker-1")"},
        Undecided{"NoSide", R"(,"symbol":"AAPL","client_order_id":"maker-1")"},
        Undecided{"SymbolOfAnotherKind", R"(,"side":"sell","symbol":["AAPL"],"client_order_id":"maker-1")"},
        Undecided{"NoSymbol", R"(,"side":"sell","client_order_id":"maker-1")"},
        Undecided{"NoClientOrderId", R"(,"side":"sell","symbol":"AAPL","client_order_id":null)"},
        Undecided{"ClientOrderIdOfAnotherKind", R"(,"side":"sell","symbol":"AAPL","client_order_id":{"a":1})"}),
    test::kByName);

// Canceled orders once stayed open in the report because an entry beside them could not be read.
TEST_F(KillSwitchFeature, FindsOutHowOrdersEndedBesideAnEntryThatCannotBeRead) {
  cancelAll = answered(207, "[]");
  listOpen = answered(200, R"([{"id":null},)" + orderBody("new") + "]");
  listClosed = answered(200, "[" + orderBody("held", "two") + "]");
  const auto rest = log.answer;
  log.answer = [&, rest](const http::HttpRequest& request) {
    const bool isCancel = std::string(request.method) == "DELETE" && isOfOneOrder(request);
    if (isCancel && request.target.view().find("/one") != std::string::npos)
      listOpen = answered(200, R"([{"id":null}])");
    if (isCancel && request.target.view().find("/two") != std::string::npos) {
      listClosed = answered(200, "[" + orderBody("canceled", "two") + "]");
    }
    if (isOfOneOrder(request) && !isCancel) {
      const bool isOne = request.target.view().find("/one") != std::string::npos;
      return answered(200, orderBody("canceled", isOne ? "one" : "two"));
    }
    return rest(request);
  };
  options.call.deadline = 2s;
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty) << "the other entry is unknown";
  EXPECT_THAT(kill.canceled, SizeIs(2));
  EXPECT_THAT(kill.stillOpen, IsEmpty());
}

// One unreadable order of a list once kept the others from being canceled.
TEST_F(KillSwitchFeature, CancelsWhatItCanReadOfAList) {
  listOpen = answered(200, R"([{"id":null},)" + orderBody("new") + R"(,{"id":"two","symbol":null,"status":"new"}])");
  options.symbols.reset();
  options.clientOrderIdPrefix.reset();
  options.call.deadline = 2s;
  const AccountReport kill = run();
  EXPECT_THAT(log.requests, Contains(HasSubstr("/orders/one")));
  EXPECT_THAT(log.requests, Contains(HasSubstr("/orders/two")));
  EXPECT_FALSE(kill.isEmpty) << "the other entry is unknown";
  EXPECT_THAT(kill.error->message, HasSubstr("1 entries are not orders with an id"));
}

// With a filter, 500 known orders were once discarded because the next page failed.
TEST_F(KillSwitchFeature, CancelsWhatIsKnownWhenALaterPageFails) {
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") return answered(204);
    const bool isFirst = request.target.view().find("until=") == std::string::npos;
    const bool isOpen = request.target.view().find("status=open") != std::string::npos;
    return isOpen && isFirst ? answered(200, pageOf(500)) : answered(500);
  };
  options.side = OrderSide::Sell;
  options.call.deadline = 2s;
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(kill.error->message, HasSubstr("500"));
  EXPECT_THAT(log.requests, Contains(HasSubstr("DELETE")).Times(::testing::Ge(500)));
}

// One "Remaining 0, Reset in 20 h" once kept even the cancel-all from being sent.
TEST_F(KillSwitchFeature, TriesAnywayWhenTheRateLimitLeavesNothingInTime) {
  call::CallPipeline pipeline = test::makePipeline(log, client);
  pipeline.rateLimiter().learn({200, 0, std::chrono::system_clock::time_point(20h), 20h}, log.now, log.now);
  pipeline.rateLimiter().pauseUntil(log.now + 1h, log.now, log.now);
  options.call.deadline = 5s;
  const AccountReport kill = killSwitch(pipeline, {account()}, options).value().accounts.at(0);
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_THAT(kill.canceled, SizeIs(1));
}

// A replacement with a client order id made up by the broker once escaped the prefix; the account was reported empty.
TEST_F(KillSwitchFeature, FollowsAReplacementThatHasNotThePrefix) {
  options.clientOrderIdPrefix = "maker-";
  const std::string replaced = orderBody(
      "replaced", "one", R"(,"client_order_id":"maker-1","replaced_by":"two","submitted_at":"2024-01-01T00:00:00Z")");
  std::string second = "new";
  log.answer = [&](const http::HttpRequest& request) {
    const std::string two =
        orderBody(second, "two", R"(,"client_order_id":"x","replaces":"one","submitted_at":"2024-01-01T00:00:01Z")");
    if (std::string(request.method) == "DELETE") {
      EXPECT_THAT(request.target.str(), HasSubstr("/orders/two"));
      second = "canceled";
      return answered(204);
    }
    if (isOfOneOrder(request)) return answered(200, two);
    const bool isClosed = request.target.view().find("status=closed") != std::string::npos;
    const std::string other = orderBody("new", "other", R"(,"client_order_id":"taker-1")");
    return answered(200, isClosed ? "[" + (second == "new" ? "" : two + ",") + replaced + "]"
                                  : "[" + (second == "new" ? two + "," : "") + other + "]");
  };
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty);
  ASSERT_THAT(kill.canceled, SizeIs(1));
  EXPECT_EQ(kill.canceled[0].id.str(), "two");
}

TEST_F(KillSwitchFeature, FollowsAReplacementThatDoesNotSayWhatItReplaced) {
  options.clientOrderIdPrefix = "maker-";
  std::string second = "new";
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") second = "canceled";
    if (std::string(request.method) == "DELETE") return answered(204);
    const std::string two = orderBody(second, "two", R"(,"client_order_id":"x")");
    if (isOfOneOrder(request)) return answered(200, two);
    if (request.target.view().find("status=closed") == std::string::npos) return answered(200, "[]");
    const std::string one = orderBody("replaced", "one", R"(,"client_order_id":"maker-1","replaced_by":"two")");
    return answered(200, "[" + one + (second == "new" ? "" : "," + two) + "]");
  };
  EXPECT_TRUE(run().isEmpty);
  EXPECT_EQ(second, "canceled");
}

struct ReplacedBracket {
  const char* name;
  const char* parentSide;
  bool bySide;
};

class KillSwitchOfAReplacedBracket : public KillSwitchFeature, public ::testing::WithParamInterface<ReplacedBracket> {};

// The legs of a bracket that replaced another one once escaped the prefix, and the account was called empty.
TEST_P(KillSwitchOfAReplacedBracket, CancelsTheLegs) {
  options.clientOrderIdPrefix = "maker-";
  if (GetParam().bySide) options.side = OrderSide::Sell;
  options.call.deadline = 2s;
  bool canceled = false;
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") {
      EXPECT_THAT(request.target.str(), HasSubstr("/orders/leg"));
      canceled = true;
      return answered(204);
    }
    const std::string side = std::string(R"(,"side":")") + GetParam().parentSide + '"';
    const std::string leg = orderBody(canceled ? "canceled" : "new", "leg", R"(,"client_order_id":"y","side":"sell")");
    if (isOfOneOrder(request)) return answered(200, leg);
    if (request.target.view().find("status=closed") == std::string::npos) return answered(200, "[]");
    const std::string second =
        orderBody("filled", "two", R"(,"client_order_id":"x","replaces":"one","legs":[)" + leg + "]" + side);
    const std::string first =
        orderBody("replaced", "one", R"(,"client_order_id":"maker-1","replaced_by":"two")" + side);
    return answered(200, "[" + second + "," + first + "]");
  };
  EXPECT_TRUE(run().isEmpty);
  EXPECT_TRUE(canceled);
}

INSTANTIATE_TEST_SUITE_P(All, KillSwitchOfAReplacedBracket,
                         ::testing::Values(ReplacedBracket{"OfTheSameSide", "sell", false},
                                           ReplacedBracket{"OfAnotherSide", "buy", false},
                                           ReplacedBracket{"OfAnotherSideThanTheFilter", "buy", true}),
                         test::kByName);

// An order that was read by itself once kept a credential that the server had echoed.
TEST_F(KillSwitchFeature, ShowsNoCredentialOfAnOrderThatItReads) {
  listClosed = answered(200, "[]");
  readOne = answered(200, orderBody("canceled", "one", R"(,"client_order_id":"hunter2-hunter2")"));
  const AccountReport kill = run();
  ASSERT_THAT(kill.canceled, SizeIs(1));
  EXPECT_THAT(kill.canceled[0].clientOrderId, Not(HasSubstr("hunter2")));
}

// A wait for the rate limit once outlasted the time of the cancels it was for, and nothing was sent.
TEST_F(KillSwitchFeature, WaitsForTheRateLimitNoLongerThanACallHasTime) {
  call::CallPipeline pipeline = test::makePipeline(log, client);
  pipeline.rateLimiter().learn({200, 0, std::chrono::system_clock::time_point(20s), 20s}, log.now, log.now);
  options.side = OrderSide::Sell;
  options.call.deadline = 30s;
  listOpen = answered(200, "[" + orderBody("new", "one", R"(,"side":"sell")") + "]");
  static_cast<void>(killSwitch(pipeline, {account()}, options).value());
  ASSERT_FALSE(log.requests.empty());
  EXPECT_THAT(log.requests, Contains(HasSubstr("DELETE")));
  EXPECT_LE(log.pauses.empty() ? 0ms : log.pauses.front(), 10s);
}

struct Hidden {
  const char* name;
  const char* openOrder;    ///< fields of an open order without the prefix
  const char* closedOrder;  ///< fields of a closed order that may be its origin
  bool isEmpty = false;
};

class KillSwitchOfAPrefix : public KillSwitchFeature, public ::testing::WithParamInterface<Hidden> {};

// An open order without a listed origin once escaped the prefix filter, and the account was reported empty. The origin
// was older than closedLookBack, or the broker ignored "nested".
TEST_P(KillSwitchOfAPrefix, IsEmptyOnlyWhenTheOriginOfEachOpenOrderIsKnown) {
  options.clientOrderIdPrefix = "maker-";
  options.closedLookBack = 1h;
  options.call.deadline = 1s;
  const auto now = std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
  const std::string time = R"(,"submitted_at":")" + model::formatTimestamp(now) + '"';
  listOpen = answered(200, "[" + orderBody("new", "two", time + GetParam().openOrder) + "]");
  listClosed = answered(200, "[" + orderBody("filled", "one", time + GetParam().closedOrder) + "]");
  const AccountReport kill = run();
  EXPECT_EQ(kill.isEmpty, GetParam().isEmpty);
  EXPECT_EQ(kill.error.has_value(), !GetParam().isEmpty);
  EXPECT_THAT(kill.error.value_or(Error{}).message, HasSubstr(GetParam().isEmpty ? "" : "may belong to the prefix"));
  EXPECT_THAT(log.requests, Not(Contains(HasSubstr("DELETE"))));
}

INSTANTIATE_TEST_SUITE_P(
    All, KillSwitchOfAPrefix,
    ::testing::Values(
        Hidden{"ReplacesAnOrderThatIsNotListed", R"(,"client_order_id":"x","replaces":"zero")",
               R"(,"client_order_id":"maker-1")"},
        Hidden{"ReplacesAnOrderOfAnotherStrategy", R"(,"client_order_id":"x","replaces":"one")",
               R"(,"client_order_id":"taker-1")", true},
        Hidden{"LegWhileLegsAreHidden", R"(,"client_order_id":"x","order_class":"bracket")",
               R"(,"client_order_id":"maker-1","order_class":"bracket","legs":null)"},
        Hidden{"LegWhileLegsOfOthersAreHidden", R"(,"client_order_id":"x","order_class":"oco")",
               R"(,"client_order_id":"taker-1","order_class":"oco")", true},
        Hidden{"LegOfAnotherStrategy", R"(,"client_order_id":"x","order_class":"oto")",
               R"(,"client_order_id":"taker-1","order_class":"oto","legs":[{"id":"two","status":"new",
                   "client_order_id":"x","symbol":"AAPL","side":"sell"}])",
               true},
        Hidden{"LegOfAnOrderThatReplacedOneThatIsNotListed", R"(,"client_order_id":"x")",
               R"(,"client_order_id":"y","replaces":"zero","legs":[{"id":"two","status":"new","client_order_id":"x",
                   "symbol":"AAPL","side":"sell"}])"},
        Hidden{"LegThatReplacedOneOfAnotherStrategy", R"(,"client_order_id":"x","replaces":"zero")",
               R"(,"client_order_id":"taker-1","order_class":"oto","legs":[{"id":"two","status":"new",
                   "client_order_id":"x","symbol":"AAPL","side":"sell","replaces":"zero"}])",
               true},
        Hidden{"LegBesideARejectedBracket", R"(,"client_order_id":"x","order_class":"bracket")",
               R"(,"client_order_id":"maker-1","order_class":"bracket","legs":null,"status":"rejected")", true},
        Hidden{"OfNoGroup", R"(,"client_order_id":"x","order_class":"simple")",
               R"(,"client_order_id":"maker-1","order_class":"bracket","legs":null)", true}),
    test::kByName);

TEST_F(KillSwitchFeature, ReadsLegsThatHideBehindTheirOrder) {
  options.clientOrderIdPrefix = "maker-";
  bool canceled = false;
  log.answer = [&](const http::HttpRequest& request) {
    if (std::string(request.method) == "DELETE") {
      EXPECT_THAT(request.target.str(), HasSubstr("/orders/leg"));
      canceled = true;
      return answered(204);
    }
    const std::string leg = orderBody(canceled ? "canceled" : "held", "leg", R"(,"client_order_id":"x")");
    if (isOfOneOrder(request)) return answered(200, leg);
    EXPECT_THAT(request.target.str(), HasSubstr("nested=true"));
    if (request.target.view().find("status=closed") == std::string::npos) return answered(200, "[]");
    return answered(200,
                    "[" + orderBody("filled", "one", R"(,"client_order_id":"maker-1","legs":[)" + leg + "]") + "]");
  };
  const AccountReport kill = run();
  EXPECT_TRUE(kill.isEmpty);
  EXPECT_TRUE(canceled);
  EXPECT_THAT(kill.canceled, SizeIs(1));
}

TEST_F(KillSwitchFeature, ShowsInADryRunWhatIsAliveAmongTheClosedOrders) {
  options.dryRun = true;
  listClosed = answered(200, "[" + orderBody("held") + "]");
  const AccountReport kill = run();
  ASSERT_THAT(kill.stillOpen, SizeIs(1));
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(log.requests, Not(Contains(HasSubstr("DELETE"))));
}

TEST_F(KillSwitchFeature, LooksNoFurtherBackThanItIsTold) {
  options.closedLookBack = 48h;
  run();
  for (const std::string& request : log.requests) {
    if (request.find("status=") == std::string::npos) continue;
    EXPECT_EQ(request.find("status=closed") != std::string::npos, request.find("&after=") != std::string::npos)
        << request;
  }
}

// When as many accounts hung as there are connections, the healthy ones once began only after 90 % of the time.
TEST(KillSwitchOfManyAccounts, BeginsWithAllOfThemBeforeItGoesOnWithAny) {
  test::FakeTransport::Log log;
  const auto accounts = test::accounts(12);
  std::map<std::string, call::CallPipeline::Clock::time_point> begun;
  log.answer = [&](const http::HttpRequest& request) {
    const std::string id = request.target.str().substr(21, 36);
    begun.emplace(id, log.now);
    if (id < accounts[8].str()) {  // the first eight hang
      log.now = std::max(log.now, log.limits.back().deadline);
      return failed(http::Failure::TimedOut, 1);
    }
    return std::string(request.method) == "DELETE" ? answered(207, "[]") : answered(200, "[]");
  };
  ClientOptions client;
  client.maxConnections = 1;
  client.retry.maxAttempts = 1;
  call::CallPipeline pipeline = test::makePipeline(log, client);
  KillSwitchOptions options;
  options.call.deadline = 10s;
  const auto report = killSwitch(pipeline, accounts, options);
  for (std::size_t i = 8; i < 12; ++i) {
    EXPECT_TRUE(report->accounts[i].isEmpty) << i;
    EXPECT_LT(begun.at(accounts[i].str()), call::CallPipeline::Clock::time_point(6s)) << i;
  }
  EXPECT_FALSE(report->accounts[0].isEmpty);
  EXPECT_LE(log.now, call::CallPipeline::Clock::time_point(10s));
}

TEST_F(KillSwitchFeature, WaitsLongerWhileOnlyPendingCancelsAreLeft) {
  listOpen = answered(200, "[" + orderBody("pending_cancel") + "]");
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(kill.stillOpen, SizeIs(1));
  ASSERT_GE(log.pauses.size(), 6U);
  EXPECT_EQ(log.pauses[0], 50ms);
  EXPECT_EQ(log.pauses[1], 100ms);
  EXPECT_EQ(log.pauses[5], 1'000ms);
  EXPECT_LE(log.now, call::CallPipeline::Clock::time_point(30s));
  EXPECT_THAT(log.requests, Not(Contains(HasSubstr("/orders/one"))));
}

// A cancel-all entry's error was once passed on unchanged: without a message, and with credentials that were echoed.
TEST_F(KillSwitchFeature, TellsOfARefusalWithoutACredentialInIt) {
  cancelAll = answered(207, R"([{"id":"one","status":422,"body":{"code":1,"message":"no, hunter2-hunter2"}}])");
  listOpen = answered(200, "[" + orderBody("new") + "]");
  log.timePerAttempt = 450ms;  // cancel-all and one list use up the time, so no separate cancel replaces the refusal
  options.call.deadline = 1s;
  const AccountReport kill = run();
  ASSERT_THAT(kill.stillOpen, SizeIs(1));
  const Error& error = kill.stillOpen[0].cancelError.value();
  EXPECT_EQ(error.kind, ErrorKind::NotCancelable);
  EXPECT_THAT(error.message, HasSubstr("The broker answered 422"));
  EXPECT_THAT(error.message + error.brokerMessage, Not(HasSubstr("hunter2")));
}

TEST_F(KillSwitchFeature, KnowsNothingOfAnAccountThatIsOutOfTime) {
  client.retry.maxAttempts = 3;
  cancelAll = listOpen = listClosed = readOne = failed(http::Failure::TimedOut, 1);
  log.timePerAttempt = 5s;
  options.call.deadline = 6s;
  const AccountReport kill = run();
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_TRUE(kill.error);
  EXPECT_THAT(kill.unknown, IsEmpty());
}

}  // namespace
}  // namespace alpaca::broker::workflows

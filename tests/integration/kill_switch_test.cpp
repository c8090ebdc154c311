#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/numbered_ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::accountNumber;
using test::accounts;
using test::orderNumber;
using ::testing::IsEmpty;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::MockFault;
using testing::ReceivedRequest;
using ::testing::SizeIs;
using namespace std::chrono_literals;

MockBrokerOptions cancelsTake(std::chrono::milliseconds time) {
  MockBrokerOptions options;
  options.cancelTakes = time;
  options.rateLimit = 1'000'000;
  return options;
}

void placeOrders(MockBroker& mock, int accountCount, int ordersEach) {
  for (int a = 0; a < accountCount; ++a) {
    for (int n = 0; n < ordersEach; ++n) mock.addOrder(accountNumber(a), orderNumber(a, n));
  }
}

int countOf(const MockBroker& mock, const std::string& method) {
  int count = 0;
  for (const ReceivedRequest& request : mock.requests()) count += request.method == method ? 1 : 0;
  return count;
}

class KillSwitch : public ::testing::Test {
 protected:
  MockBroker mock{cancelsTake(20ms)};
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  KillSwitchOptions options;
};

TEST_F(KillSwitch, EmptiesTheAccountsItIsGivenAndNoOthers) {
  placeOrders(mock, 4, 30);
  const auto report = client.killSwitch({accountNumber(0), accountNumber(1), accountNumber(2)}, options);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->allEmpty());
  ASSERT_THAT(report->accounts, SizeIs(3));
  for (int a = 0; a < 3; ++a) {
    const AccountReport& kill = report->accounts[static_cast<std::size_t>(a)];
    EXPECT_EQ(kill.accountId, accountNumber(a));
    EXPECT_TRUE(kill.isEmpty);
    EXPECT_THAT(kill.canceled, SizeIs(30));
    EXPECT_THAT(kill.unknown, IsEmpty());
    EXPECT_THAT(kill.stillOpen, IsEmpty());
    EXPECT_EQ(kill.error, std::nullopt);
  }
  for (int n = 0; n < 30; ++n) EXPECT_EQ(mock.orderStatus(accountNumber(3), orderNumber(3, n)), "new");
  EXPECT_EQ(countOf(mock, "DELETE"), 3) << "one cancel-all per account";
}

TEST_F(KillSwitch, IsSafeToCallAgain) {
  placeOrders(mock, 1, 3);
  EXPECT_TRUE(client.killSwitch(accounts(1), options)->allEmpty());
  const auto again = client.killSwitch(accounts(1), options);
  EXPECT_TRUE(again->allEmpty());
  EXPECT_THAT(again->accounts[0].canceled, IsEmpty());
}

TEST_F(KillSwitch, TellsWhatWasFilledMeanwhile) {
  placeOrders(mock, 1, 3);
  mock.fillDuringCancel(accountNumber(0), orderNumber(0, 1));
  const auto report = client.killSwitch(accounts(1), options);
  EXPECT_TRUE(report->allEmpty());
  EXPECT_THAT(report->accounts[0].canceled, SizeIs(2));
  ASSERT_THAT(report->accounts[0].filled, SizeIs(1));
  EXPECT_EQ(report->accounts[0].filled[0].id, orderNumber(0, 1));
  EXPECT_EQ(report->accounts[0].filled[0].filledQty.str(), "10");
}

TEST_F(KillSwitch, CancelsWhatTheCancelAllLeftOneByOne) {
  placeOrders(mock, 1, 20);
  mock.failNext(MockFault::LostRequest);  // the cancel-all, which is not sent again
  const auto report = client.killSwitch(accounts(1), options);
  EXPECT_TRUE(report->allEmpty());
  EXPECT_THAT(report->accounts[0].canceled, SizeIs(20));
  EXPECT_EQ(countOf(mock, "DELETE"), 21);
}

TEST_F(KillSwitch, TakesOrdersThatAppearMeanwhile) {
  placeOrders(mock, 1, 5);
  std::atomic<int> added{0};
  mock.onRequest([&](const ReceivedRequest& request) {  // a strategy that still places orders
    if (request.method == "GET" && added < 4) mock.addOrder(accountNumber(0), orderNumber(0, 100 + added++));
  });
  const auto report = client.killSwitch(accounts(1), options);
  EXPECT_TRUE(report->allEmpty());
  EXPECT_THAT(report->accounts[0].canceled, SizeIs(9));
}

TEST(SlowKillSwitch, FollowsAReplacement) {
  MockBroker mock{cancelsTake(500ms)};  // slow enough for the replacement to come first
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  placeOrders(mock, 1, 2);
  mock.onRequest([&, done = false](const ReceivedRequest& request) mutable {
    if (request.method == "GET" && !done)
      done = mock.replaceOrder(accountNumber(0), orderNumber(0, 0), orderNumber(0, 9));
  });
  const auto report = client.killSwitch(accounts(1));
  EXPECT_TRUE(report->allEmpty());
  ASSERT_THAT(report->accounts[0].expiredOrReplaced, SizeIs(1));
  EXPECT_EQ(report->accounts[0].expiredOrReplaced[0].replacedBy, orderNumber(0, 9));
  EXPECT_THAT(report->accounts[0].canceled, SizeIs(2));
}

TEST_F(KillSwitch, SaysWhichOrdersRemainAndWhy) {
  placeOrders(mock, 2, 4);
  mock.refuseCancel(accountNumber(1), orderNumber(1, 2));
  options.call.deadline = 2s;
  const auto report = client.killSwitch(accounts(2), options);
  EXPECT_FALSE(report->allEmpty());
  EXPECT_TRUE(report->accounts[0].isEmpty);
  const AccountReport& kill = report->accounts[1];
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_THAT(kill.canceled, SizeIs(3));
  ASSERT_THAT(kill.stillOpen, SizeIs(1));
  EXPECT_EQ(kill.stillOpen[0].order.id, orderNumber(1, 2));
  EXPECT_EQ(kill.stillOpen[0].cancelError->kind, ErrorKind::NotCancelable);
  EXPECT_LT(report.call().elapsed, 5s);
}

TEST_F(KillSwitch, KeepsToItsRounds) {
  placeOrders(mock, 1, 1);
  mock.refuseCancel(accountNumber(0), orderNumber(0, 0));
  options.maxRounds = 2;
  const auto report = client.killSwitch(accounts(1), options);
  EXPECT_EQ(report->accounts[0].rounds, 2);
  EXPECT_THAT(report->accounts[0].stillOpen, SizeIs(1));
}

TEST_F(KillSwitch, SaysWhyAnAccountIsNotKnownToBeEmpty) {
  placeOrders(mock, 1, 2);
  const auto report = client.killSwitch({accountNumber(0), accountNumber(7)}, options);
  EXPECT_TRUE(report->accounts[0].isEmpty);
  EXPECT_FALSE(report->accounts[1].isEmpty);
  EXPECT_EQ(report->accounts[1].error->kind, ErrorKind::NotFound);
}

TEST_F(KillSwitch, KeepsWhatItKnowsWhenTheBrokerDiesHalfWay) {
  placeOrders(mock, 1, 3);
  mock.onRequest([&](const ReceivedRequest& request) {
    if (request.method == "GET") mock.shutDown();
  });
  options.call.deadline = 1s;
  const auto report = client.killSwitch(accounts(1), options);
  const AccountReport& kill = report->accounts[0];
  EXPECT_FALSE(kill.isEmpty);
  EXPECT_TRUE(kill.error);
  EXPECT_THAT(kill.unknown, SizeIs(3)) << "as the cancel-all named them";
}

TEST_F(KillSwitch, OnlyListsInADryRun) {
  placeOrders(mock, 2, 3);
  options.dryRun = true;
  const auto report = client.killSwitch(accounts(2), options);
  EXPECT_EQ(countOf(mock, "DELETE"), 0);
  EXPECT_FALSE(report->allEmpty());
  for (const AccountReport& kill : report->accounts) EXPECT_THAT(kill.stillOpen, SizeIs(3));
}

class FilteredKillSwitch : public KillSwitch {
 protected:
  FilteredKillSwitch() {
    place("a", "AAPL", "buy", "alpha-1");
    place("b", "AAPL", "sell", "alpha-2");
    place("c", "MSFT", "buy", "beta-1");
    place("d", "TSLA", "sell", "beta-2");
  }

  void place(const std::string& id, const std::string& symbol, const std::string& side, const std::string& clientsId) {
    Order order{OrderId::parse(id).value()};
    order.symbol = symbol;
    order.side = OrderSide(side);
    order.clientOrderId = clientsId;
    mock.addOrder(accountNumber(0), order);
  }

  std::set<std::string> canceled() {
    const auto report = client.killSwitch(accounts(1), options);
    EXPECT_TRUE(report->allEmpty());
    std::set<std::string> ids;
    for (const Order& order : report->accounts.at(0).canceled) ids.insert(order.id.str());
    std::set<std::string> atTheBroker;
    for (const char* id : {"a", "b", "c", "d"}) {
      if (mock.orderStatus(accountNumber(0), OrderId::parse(id).value()) == "canceled") atTheBroker.insert(id);
    }
    EXPECT_EQ(ids, atTheBroker);
    return ids;
  }
};

TEST_F(FilteredKillSwitch, TakesOneSide) {
  options.side = OrderSide::Sell;
  EXPECT_EQ(canceled(), (std::set<std::string>{"b", "d"}));
}

TEST_F(FilteredKillSwitch, TakesSomeSymbols) {
  options.symbols = std::vector<std::string>{"AAPL", "TSLA"};
  EXPECT_EQ(canceled(), (std::set<std::string>{"a", "b", "d"}));
}

TEST_F(FilteredKillSwitch, TakesOneStrategysOrders) {
  options.clientOrderIdPrefix = "beta-";
  EXPECT_EQ(canceled(), (std::set<std::string>{"c", "d"}));
}

TEST_F(FilteredKillSwitch, TakesWhatAllOfItMeans) {
  options.clientOrderIdPrefix = "alpha-";
  options.side = OrderSide::Buy;
  EXPECT_EQ(canceled(), std::set<std::string>{"a"});
}

TEST_F(KillSwitch, RefusesWhatIsHardlyMeant) {
  EXPECT_EQ(client.killSwitch({}, options).error().kind, ErrorKind::InvalidArgument);
  const std::map<std::string, std::function<void(KillSwitchOptions&)>> faults{
      {"KillSwitchOptions::symbols", [](KillSwitchOptions& o) { o.symbols = std::vector<std::string>{}; }},
      {"KillSwitchOptions::clientOrderIdPrefix", [](KillSwitchOptions& o) { o.clientOrderIdPrefix = ""; }},
      {"KillSwitchOptions::symbols has an entry",
       [](KillSwitchOptions& o) { o.symbols = std::vector<std::string>{"A,B"}; }},
      {"KillSwitchOptions::side", [](KillSwitchOptions& o) { o.side = OrderSide::SellShort; }},
      {"KillSwitchOptions::side", [](KillSwitchOptions& o) { o.side = OrderSide("sideways"); }},
      {"CallOptions::deadline", [](KillSwitchOptions& o) { o.call.deadline = 0ms; }},
      {"KillSwitchOptions::maxRounds", [](KillSwitchOptions& o) { o.maxRounds = 0; }}};
  for (const auto& [field, spoil] : faults) {
    options = {};
    spoil(options);
    const auto report = client.killSwitch(accounts(1), options);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(report.error().message, ::testing::HasSubstr(field));
  }
  EXPECT_EQ(mock.requestCount(), 0U);
}

TEST_F(KillSwitch, CountsAnAccountThatIsNamedTwiceOnce) {
  placeOrders(mock, 1, 1);
  const auto report = client.killSwitch({accountNumber(0), accountNumber(0)}, options);
  EXPECT_THAT(report->accounts, SizeIs(1));
}

TEST_F(KillSwitch, ShowsHowFarItIsOnTheCallingThread) {
  placeOrders(mock, 5, 20);
  KillSwitchProgress last;
  options.progress = [&, pipeline = std::this_thread::get_id()](const KillSwitchProgress& progress) {
    EXPECT_EQ(std::this_thread::get_id(), pipeline);
    EXPECT_LE(progress.closed, progress.found);
    last = progress;
  };
  EXPECT_TRUE(client.killSwitch(accounts(5), options)->allEmpty());
  EXPECT_EQ(last.accounts, 5U);
  EXPECT_EQ(last.accountsDone, 5U);
  EXPECT_EQ(last.found, 100U);
  EXPECT_EQ(last.closed, 100U);
}

TEST_F(KillSwitch, IsStopped) {
  placeOrders(mock, 1, 1);
  mock.refuseCancel(accountNumber(0), orderNumber(0, 0));
  StopSource source;
  options.call.stop = source.token();
  mock.onRequest([&](const ReceivedRequest& request) {
    if (request.method == "GET") source.requestStop();
  });
  const auto report = client.killSwitch(accounts(1), options);
  EXPECT_FALSE(report->allEmpty());
  EXPECT_LT(report.call().elapsed, 5s);
}

}  // namespace
}  // namespace alpaca::broker

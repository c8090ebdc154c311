#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/numbered_ids.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>

// Compares what the client reports about thousands of orders with the broker's record, order by order.
namespace alpaca::broker {
namespace {

using test::accountNumber;
using test::accounts;
using test::orderNumber;
using testing::MockBroker;
using testing::MockBrokerOptions;
using testing::ReceivedRequest;
using namespace std::chrono_literals;

constexpr double kFaultRate = 0.05;

MockBrokerOptions largeBroker() {
  MockBrokerOptions options;
  options.rateLimit = 1'000'000;
  return options;
}

// A short attempt time-out keeps the run short when requests stall.
ClientOptions impatient(const MockBroker& mock) {
  ClientOptions options = mock.clientOptions();
  options.attemptTimeout = 400ms;
  options.retry.backoffBase = 2ms;
  options.retry.backoffCap = 20ms;
  return options;
}

// The broker's record of one order.
struct OnRecord {
  int seen = 0;
  bool accepted = false;
  bool acceptanceTold = false;
  int lastStatusTold = 0;
};

std::map<std::string, OnRecord> recordOf(const MockBroker& mock) {
  std::map<std::string, OnRecord> record;
  for (const ReceivedRequest& request : mock.requests()) {
    OnRecord& order = record[request.target.substr(request.target.rfind('/') + 1)];
    ++order.seen;
    if (request.statusTold != 0) order.lastStatusTold = request.statusTold;
    order.accepted = order.accepted || request.status == 204;
    order.acceptanceTold = order.acceptanceTold || request.statusTold == 204;
  }
  return record;
}

void expectAgreement(const BatchEntry& entry, const OnRecord& record) {
  const std::string& id = entry.target.orderId.str();
  const CallInfo& call = entry.result ? entry.result.call() : entry.result.error().call;
  EXPECT_GE(call.sends, record.seen) << id;
  EXPECT_EQ(static_cast<bool>(entry.result), record.acceptanceTold) << id;
  if (entry.result) return;
  const Error& error = entry.result.error();
  EXPECT_TRUE(error.maybeApplied || !record.accepted) << id << ": " << error.message;
  const bool notSent = error.kind == ErrorKind::NotSent || error.kind == ErrorKind::Aborted;
  EXPECT_FALSE(notSent && record.seen > 0) << id;
  EXPECT_TRUE(error.maybeApplied || error.kind != ErrorKind::InDoubt) << id;
  if (!error.maybeApplied && record.seen > 0) {
    EXPECT_EQ(error.httpStatus, record.lastStatusTold) << id << ": a refusal that the broker has given";
  }
}

TEST(Agreement, OfTenThousandCancelsOverFiftyAccountsWithFaults) {
  constexpr int kAccounts = 50;
  constexpr int kOrdersEach = 200;
  MockBroker mock{largeBroker()};
  std::vector<OrderRef> orders;
  for (int a = 0; a < kAccounts; ++a) {
    mock.addAccount(accountNumber(a));
    for (int n = 0; n < kOrdersEach; ++n) {
      orders.push_back({accountNumber(a), orderNumber(a, n)});
      // Every tenth order is already filled, and every tenth is unknown to the broker.
      if (n % 10 != 1) mock.addOrder(orders.back().accountId, orders.back().orderId, n % 10 == 0 ? "filled" : "new");
    }
  }
  mock.injectFaults(kFaultRate, 20'261'122);
  BrokerClient client{mock.credentials(), impatient(mock)};
  BatchOptions options;
  options.call.deadline = 5min;
  options.call.maxAttempts = 2;  // so that some faults remain after the retries
  const BatchReport report = client.cancelOrders(orders, options).value();

  const auto record = recordOf(mock);
  ASSERT_EQ(report.entries.size(), orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    ASSERT_EQ(report.entries[i].target, orders[i]);
    const auto onRecord = record.find(orders[i].orderId.str());
    expectAgreement(report.entries[i], onRecord == record.end() ? OnRecord{} : onRecord->second);
  }
  const BatchCounts counts = report.counts();
  RecordProperty("accepted", static_cast<int>(counts.accepted));
  RecordProperty("maybeApplied", static_cast<int>(counts.maybeApplied));
  EXPECT_GT(counts.accepted, 7'000U);
  EXPECT_GT(counts.refused, 1'500U);
  EXPECT_GT(counts.maybeApplied, 0U) << "without doubt, the test proves nothing";
  EXPECT_GT(mock.requestCount(), orders.size());
}

TEST(Agreement, OfAKillSwitchWithFaultsWhileOrdersAreAdded) {
  constexpr int kAccounts = 20;
  constexpr int kOrdersEach = 50;
  MockBrokerOptions brokerOptions = largeBroker();
  brokerOptions.cancelTakes = 10ms;
  MockBroker mock{brokerOptions};
  for (int a = 0; a < kAccounts; ++a) {
    for (int n = 0; n < kOrdersEach; ++n) mock.addOrder(accountNumber(a), orderNumber(a, n));
  }
  mock.injectFaults(kFaultRate, 7);
  std::atomic<int> added{0};
  mock.onRequest([&](const ReceivedRequest&) {  // strategies that keep placing orders for a while
    if (const int n = added++; n < 100)
      mock.addOrder(accountNumber(n % kAccounts), orderNumber(n % kAccounts, 1'000 + n));
  });
  BrokerClient client{mock.credentials(), impatient(mock)};
  const auto report = client.killSwitch(accounts(kAccounts));
  ASSERT_TRUE(report) << report.error().message;
  for (const AccountReport& kill : report->accounts) {
    EXPECT_TRUE(kill.isEmpty) << (kill.error ? kill.error->message : std::to_string(kill.stillOpen.size()) + " open");
    for (const Order& order : kill.canceled) EXPECT_EQ(mock.orderStatus(kill.accountId, order.id), "canceled");
    EXPECT_TRUE(kill.unknown.empty());
  }
  for (int a = 0; a < kAccounts; ++a) {
    for (int n = 0; n < kOrdersEach; ++n) EXPECT_EQ(mock.orderStatus(accountNumber(a), orderNumber(a, n)), "canceled");
  }
}

}  // namespace
}  // namespace alpaca::broker

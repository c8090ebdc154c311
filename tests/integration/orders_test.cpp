#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MockBroker;
using testing::MockFault;
using ::testing::SizeIs;
using namespace std::chrono_literals;

Order orderWith(const std::string& id, const std::string& symbol, const std::string& side) {
  Order made{order(id)};
  made.symbol = symbol;
  made.side = OrderSide(side);
  return made;
}

std::vector<std::string> ids(const std::vector<Order>& orders) {
  std::vector<std::string> texts;
  texts.reserve(orders.size());
  for (const Order& listed : orders) texts.push_back(listed.id.str());
  return texts;
}

class Orders : public ::testing::Test {
 protected:
  MockBroker mock;
  BrokerClient client{mock.credentials(), mock.clientOptions()};
};

TEST_F(Orders, AreReadAsTheBrokerKeepsThem) {
  Order placed = orderWith("one", "BRK.B", "sell");
  placed.clientOrderId = "desk/7 +1";
  placed.qty = Decimal("10.50");
  placed.limitPrice = Decimal("0.10");
  mock.addOrder(account(), placed);
  mock.fillOrder(account(), order("one"), Decimal("2.25"));
  const auto read = client.getOrder(account(), order("one"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->symbol, "BRK.B");
  EXPECT_EQ(read->side, "sell");
  EXPECT_EQ(read->qty->str(), "10.50");
  EXPECT_EQ(read->limitPrice->str(), "0.10");
  EXPECT_EQ(read->filledQty.str(), "2.25");
  EXPECT_EQ(read->status.kind(), OrderStatus::PartiallyFilled);
  EXPECT_TRUE(read->submittedAt);
  EXPECT_FALSE(read->stopPrice);

  const auto byClientsId = client.getOrderByClientOrderId(account(), test::clientOrder("desk/7 +1"));
  ASSERT_TRUE(byClientsId) << byClientsId.error().message;
  EXPECT_EQ(byClientsId->id, order("one"));
}

TEST_F(Orders, ThatDoNotExistAreNotFound) {
  mock.addAccount(account());
  EXPECT_EQ(client.getOrder(account(), order("one")).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(client.getOrderByClientOrderId(account(), test::clientOrder()).error().kind, ErrorKind::NotFound);
  EXPECT_FALSE(client.getOrder(account(), order("one")).error().maybeApplied);
}

TEST_F(Orders, AreListedByWhatTheFilterMeans) {
  mock.addOrder(account(), orderWith("a", "AAPL", "buy"));
  mock.addOrder(account(), orderWith("b", "MSFT", "sell"));
  mock.addOrder(account(), orderWith("c", "AAPL", "sell"));
  mock.setOrderStatus(account(), order("a"), "filled");
  EXPECT_THAT(ids(*client.listOrders(account())), ElementsAre("c", "b"));

  OrderFilter filter;
  filter.status = OrderFilter::Status::Closed;
  EXPECT_THAT(ids(*client.listOrders(account(), filter)), ElementsAre("a"));
  filter.status = OrderFilter::Status::All;
  filter.direction = OrderFilter::Direction::OldestFirst;
  EXPECT_THAT(ids(*client.listOrders(account(), filter)), ElementsAre("a", "b", "c"));
  filter.symbols = {"AAPL"};
  filter.side = OrderSide::Sell;
  EXPECT_THAT(ids(*client.listOrders(account(), filter)), ElementsAre("c"));
  filter = {};
  filter.limit = 1;
  EXPECT_THAT(ids(*client.listOrders(account(), filter)), ElementsAre("c"));
}

TEST_F(Orders, BeyondOnePageAreAllListedOnce) {
  constexpr int kCount = 1'234;
  const UtcTime begin{std::chrono::hours(480'000)};
  for (int i = 0; i < kCount; ++i) {
    Order placed = orderWith("n" + std::to_string(i), "AAPL", "buy");
    placed.submittedAt = Timestamp{begin + std::chrono::milliseconds(i / 7), {}};  // several orders share a time
    mock.addOrder(account(), placed);
  }
  for (const auto direction : {OrderFilter::Direction::NewestFirst, OrderFilter::Direction::OldestFirst}) {
    OrderFilter filter;
    filter.direction = direction;
    const auto listed = client.listOrders(account(), filter);
    ASSERT_TRUE(listed) << listed.error().message;
    EXPECT_EQ(listed->size(), static_cast<std::size_t>(kCount));
    const auto names = ids(*listed);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), static_cast<std::size_t>(kCount));
  }
}

TEST_F(Orders, AreReadAgainAfterAnAnswerThatGotLost) {
  mock.addOrder(account(), order("one"));
  mock.failNext(MockFault::LostAnswer);
  const auto read = client.getOrder(account(), order("one"));
  ASSERT_TRUE(read);
  EXPECT_EQ(mock.requestCount(), 2U);
}

class CancelAll : public Orders {};

TEST_F(CancelAll, TellsOfEachOrder) {
  mock.addOrder(account(), order("open"));
  mock.addOrder(account(), order("refused"));
  mock.addOrder(account(), order("gone"), "filled");
  mock.refuseCancel(account(), order("refused"));
  const auto report = client.cancelAllOrders(account());
  ASSERT_TRUE(report) << report.error().message;
  ASSERT_THAT(report->entries, SizeIs(2));
  EXPECT_FALSE(report->allAccepted());
  for (const CancelAllEntry& entry : report->entries) {
    EXPECT_EQ(entry.accepted(), entry.orderId == order("open"));
    EXPECT_TRUE(entry.accepted() || entry.error->kind == ErrorKind::NotCancelable);
  }
  EXPECT_EQ(mock.orderStatus(account(), order("open")), "pending_cancel");
  EXPECT_EQ(report.call().sends, 1);
  EXPECT_FALSE(report.call().requestId.empty());
}

TEST_F(CancelAll, OfNothingIsAnEmptyReport) {
  mock.addAccount(account());
  const auto report = client.cancelAllOrders(account());
  ASSERT_TRUE(report);
  EXPECT_THAT(report->entries, IsEmpty());
  EXPECT_TRUE(report->allAccepted());
}

TEST(CancelAllWithoutBodies, TellsOfEachOrderAllTheSame) {
  testing::MockBrokerOptions options;
  options.cancelAllBodies = false;
  MockBroker mock{options};
  mock.addOrder(account(), order("open"));
  BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto report = client.cancelAllOrders(account());
  ASSERT_TRUE(report);
  ASSERT_THAT(report->entries, SizeIs(1));
  EXPECT_TRUE(report->entries[0].accepted());
}

// A second cancel-all would also cancel orders that were placed in between.
TEST_F(CancelAll, IsNeverRepeatedAfterDoubtButLooksInstead) {
  for (const MockFault fault : {MockFault::LostAnswer, MockFault::BadGatewayAfterActing}) {
    mock.addOrder(account(), order("open"), "new");
    const std::size_t before = mock.requestCount();
    mock.failNext(fault);
    const auto report = client.cancelAllOrders(account());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->doubt);
    EXPECT_TRUE(report->doubt->maybeApplied);
    ASSERT_THAT(report->open, SizeIs(1));
    EXPECT_EQ(report->open[0].status.kind(), OrderStatus::PendingCancel);
    const auto requests = mock.requests();
    ASSERT_EQ(requests.size(), before + 3);
    EXPECT_EQ(requests[before].method, "DELETE");
    EXPECT_EQ(requests[before + 1].method, "GET");
    EXPECT_EQ(requests[before + 2].method, "GET") << "the check at the end of the list";
  }
}

}  // namespace
}  // namespace alpaca::broker

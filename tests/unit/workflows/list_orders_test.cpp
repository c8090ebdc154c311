#include "workflows/list_orders.hpp"

#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/order_shelf.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using std::chrono::nanoseconds;
using test::OrderShelf;
using ::testing::Each;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;
using namespace std::chrono_literals;

using Ids = std::vector<std::string>;

constexpr auto kNewest = OrderFilter::Direction::NewestFirst;
constexpr auto kOldest = OrderFilter::Direction::OldestFirst;
constexpr OrderShelf::Time kStart{1'615'919'881'942'282'117ns};

OrderFilter directed(OrderFilter::Direction direction) {
  OrderFilter filter;
  filter.direction = direction;
  return filter;
}

Ids idsOf(const std::vector<Order>& orders) {
  Ids ids;
  for (const Order& order : orders) ids.push_back(order.id.str());
  return ids;
}

Ids reversed(Ids ids) {
  std::reverse(ids.begin(), ids.end());
  return ids;
}

class OrderPages : public ::testing::Test {
 protected:
  Result<std::vector<Order>> list(const OrderShelf& shelf, const OrderFilter& filter = {}) {
    log.answer = [&shelf](const http::HttpRequest& request) { return shelf.answer(request); };
    return list(filter);
  }

  Result<std::vector<Order>> list(const OrderFilter& filter = {}) {
    log.requests.clear();
    call::CallPipeline pipeline = test::makePipeline(log, options);
    return listOrders(pipeline, test::account(), filter, call);
  }

  ClientOptions options;
  CallOptions call;
  test::FakeTransport::Log log;
};

TEST_F(OrderPages, GoOnUntilTheListIsWhole) {
  OrderShelf shelf;
  shelf.put(1201, kStart, 10ms);
  const auto oldestFirst = list(shelf, directed(kOldest));
  ASSERT_TRUE(oldestFirst) << oldestFirst.error().message;
  EXPECT_EQ(idsOf(*oldestFirst), shelf.ids());
  EXPECT_THAT(log.requests, SizeIs(4)) << "three pages, and the check at their end";

  const auto newestFirst = list(shelf, directed(kNewest));
  ASSERT_TRUE(newestFirst) << newestFirst.error().message;
  EXPECT_EQ(idsOf(*newestFirst), reversed(shelf.ids()));
  EXPECT_THAT(log.requests, SizeIs(4));
}

TEST_F(OrderPages, GoOnAMillisecondBeforeTheEndOfTheLastOne) {
  OrderShelf shelf;
  shelf.put(501, kStart, 10ms);
  ASSERT_TRUE(list(shelf, directed(kOldest)));
  ASSERT_THAT(log.requests, SizeIs(3));
  EXPECT_THAT(log.requests[0], Not(HasSubstr("after=")));
  EXPECT_THAT(log.requests[1], HasSubstr("&after=2021-03-16T18%3A38%3A06.931282117Z"));  // 4.990 s later, less 1 ms
  ASSERT_TRUE(list(shelf, directed(kNewest)));
  EXPECT_THAT(log.requests[1], HasSubstr("&until=2021-03-16T18%3A38%3A01.953282117Z"));  // 0.010 s later, plus 1 ms
}

TEST_F(OrderPages, AskFromTheOtherEndUpToWhereTheyEnded) {
  OrderShelf shelf;
  shelf.put(3, kStart, 10ms);
  ASSERT_TRUE(list(shelf, directed(kNewest)));
  ASSERT_THAT(log.requests, SizeIs(2));
  EXPECT_THAT(log.requests[1],
              HasSubstr("&limit=500&direction=asc&nested=false&until=2021-03-16T18%3A38%3A01.943282117Z"));
  ASSERT_TRUE(list(shelf, directed(kOldest)));
  ASSERT_THAT(log.requests, SizeIs(2));
  EXPECT_THAT(log.requests[1],
              HasSubstr("&limit=500&direction=desc&nested=false&after=2021-03-16T18%3A38%3A01.961282117Z"));
}

struct Size {
  const char* name;
  std::size_t orders;
  std::size_t requests;
};

class OrderPagesOfSize : public OrderPages, public ::testing::WithParamInterface<Size> {};

TEST_P(OrderPagesOfSize, EndWithALookBehindTheFirstThatIsNotFull) {
  OrderShelf shelf;
  shelf.put(GetParam().orders, kStart, 1us);
  const auto orders = list(shelf);
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_THAT(*orders, SizeIs(GetParam().orders));
  EXPECT_THAT(log.requests, SizeIs(GetParam().requests));
}

INSTANTIATE_TEST_SUITE_P(All, OrderPagesOfSize,
                         ::testing::Values(Size{"None", 0, 1}, Size{"One", 1, 2}, Size{"OneLess", 499, 2},
                                           // 500 orders in 500 us: the pages after a full one begin ever closer
                                           Size{"OnePage", 500, 4}, Size{"OneMore", 501, 4}),
                         test::kByName);

TEST_F(OrderPages, LoseAndDoubleNothingOfExactlyTwoPages) {
  OrderShelf shelf;
  shelf.put(1000, kStart, 10ms);
  const auto orders = list(shelf);
  ASSERT_TRUE(orders);
  EXPECT_EQ(idsOf(*orders), reversed(shelf.ids()));
  EXPECT_THAT(log.requests, SizeIs(4));
}

struct ShortPages {
  const char* name;
  std::size_t orders;
  std::size_t cap;
  std::size_t rowsPerOrder;
};

class OrderPagesThatAreShort : public OrderPages, public ::testing::WithParamInterface<ShortPages> {};

// 350 orders in pages of 100 were once reported as 100 orders; 1,500 whose legs count towards the limit, as 167.
TEST_P(OrderPagesThatAreShort, AreNoWholeList) {
  OrderShelf shelf;
  shelf.put(GetParam().orders, kStart, 10ms);
  shelf.cap = GetParam().cap;
  shelf.rowsPerOrder = GetParam().rowsPerOrder;
  for (const auto direction : {kOldest, kNewest}) {
    const auto orders = list(shelf, directed(direction));
    ASSERT_TRUE(orders) << orders.error().message;
    EXPECT_EQ(idsOf(*orders), direction == kOldest ? shelf.ids() : reversed(shelf.ids()));
  }
}

INSTANTIATE_TEST_SUITE_P(All, OrderPagesThatAreShort,
                         ::testing::Values(ShortPages{"CappedAt100", 350, 100, 1}, ShortPages{"CappedAt50", 500, 50, 1},
                                           ShortPages{"CappedExactly", 300, 100, 1}, ShortPages{"CappedAtTwo", 7, 2, 1},
                                           ShortPages{"LegsCount", 1500, 500, 3},
                                           ShortPages{"LegsCountWithinACap", 200, 100, 3}),
                         test::kByName);

// 1,200 unsorted orders were once reported as 857.
TEST_F(OrderPages, AreAnErrorWhenTheyAreNotSorted) {
  OrderShelf shelf;
  shelf.put(1200, kStart, 1s);
  shelf.shuffledWithin = 10;
  for (const auto direction : {kOldest, kNewest}) {
    const auto orders = list(shelf, directed(direction));
    ASSERT_FALSE(orders);
    EXPECT_EQ(orders.error().kind, ErrorKind::UnexpectedResponse);
    EXPECT_THAT(orders.error().message, HasSubstr("not sorted"));
  }
}

// A broker may sort by a time that differs slightly from the one it reports.
TEST_F(OrderPages, AreWholeWhenTheyAreAlmostSorted) {
  OrderShelf shelf;
  shelf.put(1200, kStart, 100ms);
  shelf.shuffledWithin = 4;
  for (const auto direction : {kOldest, kNewest}) {
    const auto orders = list(shelf, directed(direction));
    ASSERT_TRUE(orders) << orders.error().message;
    EXPECT_THAT(idsOf(*orders), UnorderedElementsAreArray(shelf.ids()));
  }
}

struct Promise {
  const char* name;
  std::function<void(OrderFilter&)> ask;
  Ids expected;
};

class OrderPagesOfABrokerThatIgnores : public OrderPages, public ::testing::WithParamInterface<Promise> {};

// The broker ignores the parameters and lists everything, so the client must apply the whole filter to the answer.
TEST_P(OrderPagesOfABrokerThatIgnores, HoldWhatTheFilterPromises) {
  OrderShelf shelf;
  shelf.ignored = {"symbols", "status", "after", "until", "limit"};
  shelf.put("a", kStart, "AAPL", "buy");
  shelf.put("b", kStart + 1s, "AAPL", "sell");
  shelf.put("c", kStart + 2s, "BTC/USD", "sell", "filled");
  shelf.put("d", kStart + 3s, "MSFT", "sell", "held");
  OrderFilter filter = directed(kOldest);
  GetParam().ask(filter);
  const auto orders = list(shelf, filter);
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_EQ(idsOf(*orders), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, OrderPagesOfABrokerThatIgnores,
    ::testing::Values(Promise{"Status", [](auto&) {}, {"a", "b", "d"}},
                      Promise{"StatusClosed", [](auto& f) { f.status = OrderFilter::Status::Closed; }, {"c", "d"}},
                      Promise{"Side", [](auto& f) { f.side = OrderSide::Sell; }, {"b", "d"}},
                      Promise{"Symbols",
                              [](auto& f) {
                                f.symbols = Ids{"MSFT", "TSLA"};
                              },
                              {"d"}},
                      Promise{"SymbolsInAnotherSpelling",
                              [](auto& f) {
                                f.symbols = Ids{"BTCUSD"};
                                f.status = OrderFilter::Status::All;
                              },
                              {"c"}},
                      Promise{"After", [](auto& f) { f.submittedAfter = kStart; }, {"b", "d"}},
                      Promise{"Until", [](auto& f) { f.submittedBefore = kStart + 1s; }, {"a"}},
                      Promise{"Limit", [](auto& f) { f.limit = 2; }, {"a", "b"}},
                      Promise{"LimitOfOneSide",
                              [](auto& f) {
                                f.limit = 1;
                                f.side = OrderSide::Sell;
                              },
                              {"b"}}),
    test::kByName);

TEST_F(OrderPages, AreReadInPiecesForMoreThanAHundredSymbols) {
  OrderShelf shelf;
  OrderFilter filter = directed(kOldest);
  filter.symbols.emplace();
  for (int i = 0; i < 250; ++i) {
    filter.symbols->push_back("S" + std::to_string(i));
    shelf.put("o" + std::to_string(i), kStart + 1s * ((i * 7) % 250), filter.symbols->back(), "buy");
  }
  shelf.put("other", kStart, "OTHER", "buy");
  const auto orders = list(shelf, filter);
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_THAT(*orders, SizeIs(250));
  for (std::size_t i = 1; i < orders->size(); ++i) {
    EXPECT_LT((*orders)[i - 1].submittedAt->time, (*orders)[i].submittedAt->time);
  }
  EXPECT_THAT(log.requests, SizeIs(6));
  filter.limit = 10;
  Ids first = idsOf(*orders);
  first.resize(10);
  EXPECT_EQ(idsOf(list(shelf, filter).value()), first);
}

TEST_F(OrderPages, AreAnErrorWhenATimeOfSubmissionCannotBeHeldAgainstTheFilter) {
  log.answer = [](const auto&) {
    return test::answered(200, R"([{"id":"a","symbol":"A","submitted_at":"yesterday"}])");
  };
  EXPECT_THAT(list().value(), SizeIs(1));
  OrderFilter filter;
  filter.submittedAfter = kStart;
  const auto orders = list(filter);
  ASSERT_FALSE(orders);
  EXPECT_THAT(orders.error().message, HasSubstr("no readable time of submission"));
}

// An empty page in the middle was once taken for the end.
TEST_F(OrderPages, AreAnErrorWhenAPageIsEmptyAndOthersAreBehindIt) {
  OrderShelf shelf;
  shelf.put(1200, kStart, 10ms);
  log.answer = [&](const http::HttpRequest& request) {
    const bool isFirst = request.target.view().find("until=") == std::string::npos;
    const bool isFromTheOtherEnd = request.target.view().find("direction=asc") != std::string::npos;
    return isFirst || isFromTheOtherEnd ? shelf.answer(request) : test::answered(200, "[]");
  };
  for (const auto status : {OrderFilter::Status::Open, OrderFilter::Status::All}) {
    OrderFilter filter = directed(kNewest);
    filter.status = status;
    const auto orders = list(filter);
    ASSERT_FALSE(orders) << orders->size();
    EXPECT_THAT(orders.error().message, HasSubstr("orders are missing"));
  }
}

TEST_F(OrderPages, AreAnErrorWhenNoneHasATimeAndOthersAreBehindThem) {
  log.answer = [](const http::HttpRequest& request) {
    const bool isFromTheOtherEnd = request.target.view().find("direction=asc") != std::string::npos;
    return test::answered(200, isFromTheOtherEnd ? R"([{"id":"z"}])" : R"([{"id":"a"},{"id":"b"}])");
  };
  EXPECT_FALSE(list());
}

TEST_F(OrderPages, HoldTheCopyOfAnOrderThatIsAlive) {
  log.answer = [](const auto&) {
    return test::answered(200, R"([{"id":"a","status":"canceled"},{"id":"a","status":"held"}])");
  };
  OrderFilter filter;
  filter.status = OrderFilter::Status::All;
  const auto orders = list(filter);
  ASSERT_THAT(*orders, SizeIs(1));
  EXPECT_EQ(orders->front().status.str(), "held");
}

TEST_F(OrderPages, AreAnErrorWhenAnEntryCannotBeRead) {
  log.answer = [](const auto&) { return test::answered(200, R"([{"id":"a","symbol":"A"},{"id":null}])"); };
  const auto orders = list();
  ASSERT_FALSE(orders);
  EXPECT_EQ(orders.error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_THAT(orders.error().message, HasSubstr("1 entries are not orders with an id"));
  EXPECT_THAT(orders.error().message, HasSubstr("The 1 orders that were read so far are not returned"));
}

struct Broker {
  const char* name;
  nanoseconds precision;
  OrderFilter::Direction direction;
};

class OrderPagesOfABroker : public OrderPages, public ::testing::WithParamInterface<Broker> {};

// Groups of seven orders share a time. 500 is no multiple of 7, so a group lies across the end of a page.
TEST_P(OrderPagesOfABroker, AreWholeHoweverItComparesMoments) {
  OrderShelf shelf(GetParam().precision);
  shelf.put(1201, kStart, 33'333'333ns, 7);
  const auto orders = list(shelf, directed(GetParam().direction));
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_THAT(idsOf(*orders), UnorderedElementsAreArray(shelf.ids()));
}

// Orders in bursts of all sizes and densities. When times are known only to the second, the list is never whole.
TEST_P(OrderPagesOfABroker, AreWholeOrAnErrorWhateverItHolds) {
  std::minstd_rand random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same orders on every run
  int whole = 0;
  for (int i = 0; i < 10; ++i) {
    OrderShelf shelf(GetParam().precision);
    OrderShelf::Time time = kStart;
    while (shelf.ids().size() < 1500) {
      const auto apart = nanoseconds(static_cast<long>(1) << random() % 24U);
      shelf.put(1 + random() % 400, time, apart, 1 + random() % 40);
      time += nanoseconds(static_cast<long>(1) << random() % 32U);
    }
    const auto orders = list(shelf, directed(GetParam().direction));
    if (!orders) {
      EXPECT_EQ(orders.error().kind, ErrorKind::UnexpectedResponse);
      continue;
    }
    ++whole;
    ASSERT_THAT(idsOf(*orders), UnorderedElementsAreArray(shelf.ids()));
  }
  EXPECT_EQ(whole > 0, GetParam().precision < 1s);
}

INSTANTIATE_TEST_SUITE_P(
    All, OrderPagesOfABroker,
    ::testing::Values(Broker{"NanosecondsNewestFirst", 1ns, kNewest}, Broker{"NanosecondsOldestFirst", 1ns, kOldest},
                      Broker{"MicrosecondsNewestFirst", 1us, kNewest}, Broker{"MicrosecondsOldestFirst", 1us, kOldest},
                      Broker{"MillisecondsNewestFirst", 1ms, kNewest}, Broker{"MillisecondsOldestFirst", 1ms, kOldest},
                      Broker{"SecondsNewestFirst", 1s, kNewest}, Broker{"SecondsOldestFirst", 1s, kOldest}),
    test::kByName);

TEST_F(OrderPages, BeginCloserWhenManyOrdersWereSubmittedWithinAMillisecond) {
  OrderShelf shelf;
  shelf.put(1400, kStart, 700ns);
  for (const auto direction : {kOldest, kNewest}) {
    const auto orders = list(shelf, directed(direction));
    ASSERT_TRUE(orders) << orders.error().message;
    EXPECT_THAT(idsOf(*orders), UnorderedElementsAreArray(shelf.ids()));
  }
}

TEST_F(OrderPages, AreAnErrorWhenTheBrokerCannotTellSoCloseMomentsApart) {
  OrderShelf shelf(1ms);
  shelf.put(1400, OrderShelf::Time(1'615'919'881'942'000'000ns), 700ns);
  shelf.put(10, kStart + 1h, 1s);
  shelf.put(10, kStart - 1h, 1s);
  for (const auto direction : {kOldest, kNewest}) {
    const auto orders = list(shelf, directed(direction));
    ASSERT_FALSE(orders) << "short by " << 1420 - orders->size();
    EXPECT_EQ(orders.error().kind, ErrorKind::UnexpectedResponse);
    EXPECT_THAT(orders.error().message, HasSubstr("cannot be read in full"));
  }
}

TEST_F(OrderPages, AreAnErrorWhenOneMomentFillsThem) {
  OrderShelf shelf;
  shelf.put(501, kStart, 0ns);
  shelf.put(10, kStart + 1h, 1s);
  shelf.put(10, kStart - 1h, 1s);
  for (const auto direction : {kOldest, kNewest}) {
    const auto orders = list(shelf, directed(direction));
    ASSERT_FALSE(orders);
    EXPECT_EQ(orders.error().kind, ErrorKind::UnexpectedResponse);
    EXPECT_FALSE(orders.error().maybeApplied);
    EXPECT_THAT(orders.error().message,
                HasSubstr("500 or more orders were submitted at or near one moment (2021-03-16T18:38:01.942282117Z)"));
    EXPECT_EQ(orders.error().call.sends, static_cast<int>(log.requests.size()));
    EXPECT_LE(log.requests.size(), 5U);
  }
}

TEST_F(OrderPages, AreWholeWhenOneMomentAlmostFillsThem) {
  OrderShelf shelf;
  shelf.put(499, kStart, 0ns);
  shelf.put(10, kStart + 1h, 1s);
  shelf.put(10, kStart - 1h, 1s);
  for (const auto direction : {kOldest, kNewest}) {
    const auto orders = list(shelf, directed(direction));
    ASSERT_TRUE(orders) << orders.error().message;
    EXPECT_THAT(idsOf(*orders), UnorderedElementsAreArray(shelf.ids()));
  }
}

struct Limit {
  const char* name;
  std::size_t limit;
  std::size_t requests;
  const char* firstSize;
};

class OrderPagesUpTo : public OrderPages, public ::testing::WithParamInterface<Limit> {};

TEST_P(OrderPagesUpTo, EndThere) {
  OrderShelf shelf;
  shelf.put(1300, kStart, 10ms);
  OrderFilter filter = directed(kOldest);
  filter.limit = GetParam().limit;
  const auto orders = list(shelf, filter);
  ASSERT_TRUE(orders) << orders.error().message;
  Ids expected = shelf.ids();
  expected.resize(std::min(expected.size(), GetParam().limit));
  EXPECT_EQ(idsOf(*orders), expected);
  ASSERT_THAT(log.requests, SizeIs(GetParam().requests));
  EXPECT_THAT(log.requests.front(), HasSubstr(std::string("&limit=") + GetParam().firstSize + "&"));
  for (std::size_t i = 1; i < log.requests.size(); ++i) EXPECT_THAT(log.requests[i], HasSubstr("&limit=500&"));
}

INSTANTIATE_TEST_SUITE_P(All, OrderPagesUpTo,
                         ::testing::Values(Limit{"One", 1, 1, "1"}, Limit{"Some", 499, 1, "499"},
                                           Limit{"OnePage", 500, 1, "500"}, Limit{"OneMore", 501, 2, "500"},
                                           Limit{"TwoPages", 1000, 3, "500"}, Limit{"MoreThanThereAre", 5000, 4, "500"},
                                           Limit{"Endless", static_cast<std::size_t>(-1), 4, "500"}),
                         test::kByName);

TEST_F(OrderPages, StayWithinTheCallersOwnMoments) {
  OrderShelf shelf;
  shelf.put(1300, kStart, 100us);
  for (const auto direction : {kOldest, kNewest}) {
    OrderFilter filter = directed(direction);
    filter.submittedAfter = kStart + 100us * 99;
    filter.submittedBefore = kStart + 100us * 1200;
    const auto orders = list(shelf, filter);
    ASSERT_TRUE(orders) << orders.error().message;
    Ids expected = shelf.ids();
    expected = Ids(expected.begin() + 100, expected.begin() + 1200);
    EXPECT_EQ(idsOf(*orders), direction == kOldest ? expected : reversed(expected));
    const char* const kept = direction == kOldest ? "&until=2021-03-16T18%3A38%3A02.062282117Z"
                                                  : "&after=2021-03-16T18%3A38%3A01.952182117Z";
    EXPECT_THAT(log.requests, Each(HasSubstr(kept)));
  }
}

// The first page ends less than a millisecond from where it began.
TEST_F(OrderPages, DoNotReachBackBeyondTheCallersOwnMoments) {
  OrderShelf shelf;
  shelf.put(501, kStart, 1ns);
  OrderFilter oldest = directed(kOldest);
  oldest.submittedAfter = kStart;
  EXPECT_THAT(list(shelf, oldest).value(), SizeIs(500));
  ASSERT_GE(log.requests.size(), 2U);
  EXPECT_THAT(log.requests[1], HasSubstr("&after=2021-03-16T18%3A38%3A01.942282117Z"));
  OrderFilter newest;
  newest.submittedBefore = kStart + 500ns;
  EXPECT_THAT(list(shelf, newest).value(), SizeIs(500));
  ASSERT_GE(log.requests.size(), 2U);
  EXPECT_THAT(log.requests[1], HasSubstr("&until=2021-03-16T18%3A38%3A01.942282617Z"));
}

TEST_F(OrderPages, AreWholeWhenOrdersArriveMeanwhile) {
  for (const auto direction : {kOldest, kNewest}) {
    OrderShelf shelf;
    shelf.put(1201, kStart, 10ms);
    const Ids before = shelf.ids();
    int arrived = 0;
    log.answer = [&](const http::HttpRequest& request) {
      auto page = shelf.answer(request);
      shelf.put("new" + std::to_string(arrived++), kStart + 1h + 1s * arrived);
      return page;
    };
    const auto orders = list(directed(direction));
    ASSERT_TRUE(orders) << orders.error().message;
    Ids ids = idsOf(*orders);
    if (direction == kOldest) {
      EXPECT_EQ(ids.at(before.size()), "new0");
      ids.resize(before.size());
      EXPECT_EQ(ids, before);
    } else {
      EXPECT_EQ(ids, reversed(before));
    }
  }
}

// For example, it was filled and is no longer open.
TEST_F(OrderPages, AreWholeWhenTheOrderAtTheEndOfAPageLeavesTheList) {
  for (const auto direction : {kOldest, kNewest}) {
    OrderShelf shelf;
    shelf.put(1201, kStart, 10ms);
    const Ids before = shelf.ids();
    log.answer = [&](const http::HttpRequest& request) {
      auto page = shelf.answer(request);
      shelf.remove(direction == kOldest ? "o499" : "o701");
      return page;
    };
    const auto orders = list(directed(direction));
    ASSERT_TRUE(orders) << orders.error().message;
    EXPECT_EQ(idsOf(*orders), direction == kOldest ? before : reversed(before));
    EXPECT_THAT(log.requests, SizeIs(5)) << "one more request from further back, to check that nothing else is missing";
  }
}

TEST_F(OrderPages, GiveNothingWhenOneOfThemFails) {
  OrderShelf shelf;
  shelf.put(1201, kStart, 10ms);
  log.answer = [&](const http::HttpRequest& request) {
    return log.requests.size() < 3 ? shelf.answer(request) : test::answered(404, R"({"message":"gone"})");
  };
  const auto orders = list();
  ASSERT_FALSE(orders);
  EXPECT_EQ(orders.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(orders.error().call.attempts, 3);
  EXPECT_EQ(orders.error().call.sends, 3);
  EXPECT_FALSE(orders.error().maybeApplied);
  EXPECT_THAT(orders.error().message, HasSubstr("The broker answered 404: \"gone\". Nothing was changed"));
  EXPECT_THAT(orders.error().message, HasSubstr("The 999 orders that were read so far are not returned"));
}

TEST_F(OrderPages, AreEachReadAgainWhenThatCanHelp) {
  OrderShelf shelf;
  shelf.put(501, kStart, 10ms);
  log.answer = [&](const http::HttpRequest& request) {
    return log.requests.size() % 2 == 1 ? test::answered(503) : shelf.answer(request);
  };
  call::CallPipeline pipeline = test::makePipeline(log, options);
  const auto start = pipeline.now();
  const auto list = readOrderPages({pipeline, test::account(), {}, pipeline.limits({}, start), start});
  EXPECT_EQ(list.error, std::nullopt);
  EXPECT_THAT(list.orders, SizeIs(501));
  EXPECT_EQ(list.call.attempts, 6);
  EXPECT_EQ(list.call.sends, 6);
  EXPECT_EQ(list.call.elapsed, log.now - start);
}

// A list is one call: its first page was sent, whatever became of the second.
TEST_F(OrderPages, AreNotCalledUnsentAfterOneWasSent) {
  OrderShelf shelf;
  shelf.put(501, kStart, 10ms);
  options.retry.maxAttempts = 1;
  log.answer = [&](const http::HttpRequest& request) {
    return log.requests.size() == 1 ? shelf.answer(request) : test::failed(http::Failure::ConnectFailed, 0);
  };
  call::CallPipeline pipeline = test::makePipeline(log, options);
  const auto orders = listOrders(pipeline, test::account(), {}, call);
  ASSERT_FALSE(orders);
  EXPECT_EQ(orders.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(orders.call().sends, 1);
  EXPECT_FALSE(orders.error().maybeApplied);
}

TEST_F(OrderPages, ShareOneDeadline) {
  OrderShelf shelf;
  shelf.put(1201, kStart, 10ms);
  const auto start = log.now;
  call.deadline = 5s;
  log.timePerAttempt = 1s;
  ASSERT_TRUE(list(shelf));
  ASSERT_THAT(log.limits, SizeIs(4));
  for (const auto& limit : log.limits) EXPECT_EQ(limit.waitUntil, start + 5s);
}

TEST_F(OrderPages, SayWhenTheLastOfAFullOneHasNoMoment) {
  OrderShelf shelf;
  shelf.put(499, kStart, 10ms);
  const auto withOneMore = [&](const http::HttpRequest& request) {
    auto page = shelf.answer(request);
    page.response->body.back() = ',';
    page.response->body += R"({"id":"held","symbol":"A","submitted_at":null}])";
    return page;
  };
  log.answer = withOneMore;
  const auto full = list();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_THAT(full.error().message, HasSubstr("the last order of a page has no such time"));

  shelf.remove("o0");
  const auto notFull = list();
  ASSERT_TRUE(notFull);
  EXPECT_THAT(*notFull, SizeIs(499));
}

TEST_F(OrderPages, HoldAnOrderThatIsListedTwiceOnce) {
  log.answer = [](const auto&) {
    return test::answered(200, R"([{"id":"a","symbol":"A"},{"id":"b","symbol":"B"},{"id":"a","symbol":"A"}])");
  };
  EXPECT_THAT(idsOf(list().value()), ElementsAreArray({"a", "b"}));
}

TEST_F(OrderPages, AreNotAskedForWithAnUnusableFilterOrOption) {
  OrderFilter filter;
  filter.symbols = Ids{"A&B"};
  const auto unusableFilter = list(OrderShelf(), filter);
  ASSERT_FALSE(unusableFilter);
  EXPECT_EQ(unusableFilter.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(unusableFilter.error().message, HasSubstr("OrderFilter::symbols"));
  EXPECT_THAT(unusableFilter.error().message, HasSubstr("Nothing was sent."));
  call.deadline = std::chrono::milliseconds::max();
  const auto unusableOption = list(OrderShelf());
  ASSERT_FALSE(unusableOption);
  EXPECT_EQ(unusableOption.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(unusableOption.error().message, HasSubstr("CallOptions::deadline"));
  EXPECT_THAT(log.requests, IsEmpty());
}

}  // namespace
}  // namespace alpaca::broker::workflows

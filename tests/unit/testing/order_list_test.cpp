#include "testing/order_list.hpp"

#include "testing/times.hpp"

#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace alpaca::broker::testing {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

WallTime at(int second) { return WallTime(seconds(second)); }

Order orderOf(const char* status, const char* symbol = "AAPL", const char* side = "buy", int submitted = 100) {
  Order order{test::order("o1"), symbol, "c", OrderStatus(status), OrderSide(side)};
  order.submittedAt = Timestamp{at(submitted), {}};
  return order;
}

TEST(ListQueryText, HasTheApisDefaults) {
  const ListQuery filter = listQuery("");
  EXPECT_EQ(filter.status, OrderFilter::Status::Open);
  EXPECT_EQ(filter.direction, OrderFilter::Direction::NewestFirst);
  EXPECT_EQ(filter.limit, 50U);
  EXPECT_FALSE(filter.nested);
  EXPECT_FALSE(filter.after || filter.until);
  EXPECT_THAT(filter.symbols, IsEmpty());
}

TEST(ListQueryText, ReadsEveryParameter) {
  const ListQuery filter = listQuery(
      "status=closed&direction=asc&limit=500&nested=true&symbols=AAPL,BRK.B%2CBTC%2FUSD"
      "&after=1970-01-01T00%3A00%3A01Z&until=1970-01-01T01:00:02%2B01:00");
  EXPECT_EQ(filter.status, OrderFilter::Status::Closed);
  EXPECT_EQ(filter.direction, OrderFilter::Direction::OldestFirst);
  EXPECT_EQ(filter.limit, 500U);
  EXPECT_TRUE(filter.nested);
  EXPECT_THAT(filter.symbols, ElementsAre("AAPL", "BRK.B", "BTC/USD"));
  EXPECT_EQ(filter.after, at(1));
  EXPECT_EQ(filter.until, at(2));
}

TEST(ListQueryText, RefusesWhatItDoesNotUnderstand) {
  for (const char* query : {"status=opened",
                            "status=",
                            "direction=up",
                            "limit=0",
                            "limit=501",
                            "limit=-1",
                            "limit=1e2",
                            "limit=",
                            "limit=99999999999999999999",
                            "nested=yes",
                            "nested=",
                            "nested=2",
                            "asset_class=bond",
                            "qty_above=1",
                            "qty_below=1",
                            "subtag=x",
                            "after=2024-05-01T10:00:00",
                            "after=x",
                            "after=",
                            "until=2024-02-30",
                            "status=%x"}) {
    EXPECT_THROW(listQuery(query), BadRequest) << query;
  }
}

struct NestedRow {
  const char* name;
  const char* word;
  bool nested;
};

class WordForTruth : public ::testing::TestWithParam<NestedRow> {};

TEST_P(WordForTruth, IsReadAsClientsInAnyLanguageWriteIt) {
  EXPECT_EQ(listQuery(std::string("nested=") + GetParam().word).nested, GetParam().nested);
}

INSTANTIATE_TEST_SUITE_P(ListQueryText, WordForTruth,
                         ::testing::Values(NestedRow{"Lower", "true", true}, NestedRow{"Python", "True", true},
                                           NestedRow{"Upper", "TRUE", true}, NestedRow{"One", "1", true},
                                           NestedRow{"Letter", "t", true}, NestedRow{"UpperLetter", "T", true},
                                           NestedRow{"LowerFalse", "false", false},
                                           NestedRow{"PythonFalse", "False", false},
                                           NestedRow{"UpperFalse", "FALSE", false}, NestedRow{"Zero", "0", false},
                                           NestedRow{"LetterFalse", "f", false}),
                         test::kByName);

TEST(ListQueryText, ReadsAListHoweverItIsWritten) {
  EXPECT_THAT(listQuery("symbols=A,B&symbols=C&symbols=").symbols, ElementsAre("A", "B", "C"));
  EXPECT_THAT(listQuery("asset_class=crypto&asset_class=us_option").assetClasses, ElementsAre("crypto", "us_option"));
  EXPECT_THAT(listQuery("asset_class=crypto,all").assetClasses, IsEmpty());
  EXPECT_EQ(listQuery("limit=0500").limit, 500U);
}

struct PassRow {
  const char* name;
  const char* query;
  Order order;
  bool passes;
};

class PassingTheFilter : public ::testing::TestWithParam<PassRow> {};

TEST_P(PassingTheFilter, DependsOn) {
  EXPECT_EQ(passes(GetParam().order, listQuery(GetParam().query)), GetParam().passes);
}

INSTANTIATE_TEST_SUITE_P(
    OrderList, PassingTheFilter,
    ::testing::Values(PassRow{"NewIsOpen", "", orderOf("new"), true},
                      PassRow{"PartlyFilledIsOpen", "", orderOf("partially_filled"), true},
                      PassRow{"PendingCancelIsOpen", "", orderOf("pending_cancel"), true},
                      PassRow{"DoneForDayIsOpen", "", orderOf("done_for_day"), true},
                      PassRow{"HeldIsNotOpen", "", orderOf("held"), false},
                      PassRow{"HeldIsClosed", "status=closed", orderOf("held"), true},
                      PassRow{"AllTakesHeld", "status=all", orderOf("held"), true},
                      PassRow{"UnknownIsOpen", "", orderOf("something_new"), true},
                      PassRow{"FilledIsNotOpen", "", orderOf("filled"), false},
                      PassRow{"ReplacedIsNotOpen", "", orderOf("replaced"), false},
                      PassRow{"FilledIsClosed", "status=closed", orderOf("filled"), true},
                      PassRow{"CanceledIsClosed", "status=closed", orderOf("canceled"), true},
                      PassRow{"ExpiredIsClosed", "status=closed", orderOf("expired"), true},
                      PassRow{"RejectedIsClosed", "status=closed", orderOf("rejected"), true},
                      PassRow{"NewIsNotClosed", "status=closed", orderOf("new"), false},
                      PassRow{"AllTakesOpen", "status=all", orderOf("new"), true},
                      PassRow{"AllTakesClosed", "status=all", orderOf("filled"), true},
                      PassRow{"ItsSymbol", "symbols=MSFT,AAPL", orderOf("new"), true},
                      PassRow{"AnotherSymbol", "symbols=MSFT,AAP", orderOf("new"), false},
                      PassRow{"ItsSymbolInASecondParameter", "symbols=MSFT&symbols=AAPL", orderOf("new"), true},
                      PassRow{"AnotherAssetClass", "asset_class=crypto", orderOf("new"), false},
                      PassRow{"AnyAssetClass", "asset_class=all", orderOf("new"), true},
                      PassRow{"SideIsNoParameter", "side=buy", orderOf("new", "AAPL", "sell"), true},
                      PassRow{"SideIsNotEvenRead", "side=long", orderOf("new"), true},
                      PassRow{"After", "after=1970-01-01T00:01:39Z", orderOf("new"), true},
                      PassRow{"AfterExcludesItself", "after=1970-01-01T00:01:40Z", orderOf("new"), false},
                      PassRow{"Until", "until=1970-01-01T00:01:41Z", orderOf("new"), true},
                      PassRow{"UntilExcludesItself", "until=1970-01-01T00:01:40Z", orderOf("new"), false}),
    test::kByName);

std::vector<std::size_t> arranged(const char* query, const std::vector<int>& submitted) {
  std::vector<OrderEntry> entries;
  for (const int second : submitted) {
    entries.push_back({orderOf("new", "AAPL", "buy", second)});
    entries.back().number = entries.size() - 1;
  }
  std::vector<OrderEntry*> rows;
  for (OrderEntry& entry : entries) rows.push_back(&entry);
  arrange(rows, listQuery(query));
  std::vector<std::size_t> numbers;
  numbers.reserve(rows.size());
  for (const OrderEntry* row : rows) numbers.push_back(row->number);
  return numbers;
}

TEST(OrderList, GoesByTheTimeOfSubmission) {
  EXPECT_THAT(arranged("", {20, 30, 10}), ElementsAre(1, 0, 2));
  EXPECT_THAT(arranged("direction=asc", {20, 30, 10}), ElementsAre(2, 0, 1));
}

TEST(OrderList, KeepsItsOrderBetweenOrdersOfTheSameTime) {
  EXPECT_THAT(arranged("direction=asc", {7, 7, 7, 7}), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(arranged("", {7, 7, 7, 7}), ElementsAre(3, 2, 1, 0));
}

TEST(OrderList, CutsOffWhatIsBeyondTheLimit) {
  EXPECT_THAT(arranged("limit=2", {20, 30, 10}), ElementsAre(1, 0));
  EXPECT_THAT(arranged("limit=2&direction=asc", {20, 30, 10}), ElementsAre(2, 0));
  EXPECT_THAT(arranged("limit=3", {}), IsEmpty());
  EXPECT_EQ(arranged("", std::vector<int>(60, 1)).size(), 50U);
}

}  // namespace
}  // namespace alpaca::broker::testing

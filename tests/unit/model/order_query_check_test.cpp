#include "model/order_query_check.hpp"

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace alpaca::broker::model {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr UtcTime kNoon{std::chrono::hours(12)};

struct Row {
  const char* name;
  std::function<void(OrderFilter&)> set;
  const char* fault = nullptr;  // null: usable
};

class Filter : public ::testing::TestWithParam<Row> {};

TEST_P(Filter, IsUsableOrNamedWithItsFault) {
  const Row& row = GetParam();
  OrderFilter filter;
  row.set(filter);
  const auto fault = validate(filter);
  ASSERT_EQ(fault.has_value(), row.fault != nullptr) << fault->message;
  if (!fault) return;
  EXPECT_EQ(fault->kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(fault->message, HasSubstr(row.fault));
  EXPECT_THAT(fault->message, HasSubstr("; accepted: "));
}

Row symbol(const char* name, const std::string& text, bool usable = false) {
  return {name,
          [text](OrderFilter& f) {
            f.symbols = std::vector<std::string>{"AAPL", text};
          },
          usable ? nullptr : "OrderFilter::symbols has an entry that is no symbol at index 1"};
}

INSTANTIATE_TEST_SUITE_P(
    All, Filter,
    ::testing::Values(Row{"Default", [](auto&) {}}, symbol("Pair", "BTC/USD", true), symbol("Class", "BRK.B", true),
                      symbol("Others", "a_B-9", true), symbol("Longest", std::string(32, 'A'), true),
                      symbol("TooLong", std::string(33, 'A')), symbol("Empty", ""), symbol("Comma", "A,B"),
                      symbol("Space", "A B"), symbol("Query", "A&limit=1"), symbol("Fragment", "A#"),
                      symbol("Encoded", "A%2C"), symbol("LineFeed", "A\n"), symbol("Nul", std::string("A\0", 2)),
                      symbol("NotAscii", "\xC3\x84"), Row{"ManySymbols", [](auto& f) { f.symbols.emplace(1000, "A"); }},
                      // A desk's set of symbols was once empty by mistake, and its list then held every order.
                      Row{"NoSymbols", [](auto& f) { f.symbols.emplace(); }, "OrderFilter::symbols is an empty list"},
                      Row{"LimitOfOne", [](auto& f) { f.limit = 1; }},
                      Row{"LimitOfZero", [](auto& f) { f.limit = 0; }, "OrderFilter::limit is 0"},
                      Row{"LargestLimit", [](auto& f) { f.limit = std::string::npos; }},
                      Row{"AfterAlone", [](auto& f) { f.after = UtcTime::min(); }},
                      Row{"UntilAlone", [](auto& f) { f.until = UtcTime::max(); }},
                      Row{"Window",
                          [](auto& f) {
                            f.after = kNoon;
                            f.until = kNoon + 1ns;
                          }},
                      Row{"EmptyWindow",
                          [](auto& f) {
                            f.after = kNoon;
                            f.until = kNoon;
                          },
                          "OrderFilter::after is not before OrderFilter::until"},
                      Row{"WindowBackwards",
                          [](auto& f) {
                            f.after = kNoon + 1h;
                            f.until = kNoon;
                          },
                          "OrderFilter::after is not before OrderFilter::until"},
                      Row{"RarerSide", [](auto& f) { f.side = OrderSide::SellShort; },
                          "OrderFilter::side is neither Buy nor Sell"},
                      Row{"NoSide", [](auto& f) { f.side = OrderSide(); }, "OrderFilter::side is neither Buy nor Sell"},
                      Row{"SideOfALaterVersion", [](auto& f) { f.side = OrderSide("sideways"); },
                          "OrderFilter::side is neither Buy nor Sell"}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::model

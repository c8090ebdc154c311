#include "model/options_check.hpp"

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace alpaca::broker::model {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

TEST(OptionsCheck, RefusesWhatACallCannotDo) {
  CallOptions options;
  EXPECT_FALSE(validate(options));
  options.deadline = 1ms;
  options.maxAttempts = 1;
  options.attemptTimeout = 1ms;
  EXPECT_FALSE(validate(options));
  options.deadline = -1ms;
  EXPECT_EQ(validate(options)->message, "CallOptions::deadline is -1 ms; accepted: 1 ms to 24 h.");
  options.deadline = std::nullopt;
  options.attemptTimeout = 24h;
  EXPECT_FALSE(validate(options));
  options.attemptTimeout = 24h + 1ms;
  EXPECT_EQ(validate(options)->message, "CallOptions::attemptTimeout is 86400001 ms; accepted: 1 ms to 24 h.");
  options.attemptTimeout = std::nullopt;
  options.maxAttempts = 0;
  EXPECT_EQ(validate(options)->message, "CallOptions::maxAttempts is 0; accepted: 1 to 100.");
}

struct CredentialRow {
  const char* name;
  std::string key;
  std::string secret;
  const char* fault;
};

class UnusableCredential : public ::testing::TestWithParam<CredentialRow> {};

TEST_P(UnusableCredential, IsNamedButNeverShown) {
  const CredentialRow& row = GetParam();
  const auto error = validate(Credentials{row.key, row.secret});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(error->message, HasSubstr(row.fault));
  EXPECT_THAT(error->message, Not(HasSubstr("PK0123")));
  EXPECT_THAT(error->message, Not(HasSubstr("hunter2")));
}

INSTANTIATE_TEST_SUITE_P(
    All, UnusableCredential,
    ::testing::Values(
        CredentialRow{"EmptyKey", "", "hunter2", "Credentials::key is empty"},
        CredentialRow{"EmptySecret", "PK0123", "", "Credentials::secret is empty"},
        CredentialRow{"SpaceBeforeKey", " PK0123", "hunter2", "Credentials::key begins or ends with a space"},
        CredentialRow{"SpaceAfterKey", "PK0123 ", "hunter2", "Credentials::key begins or ends with a space"},
        CredentialRow{"SpaceBeforeSecret", "PK0123", " hunter2", "Credentials::secret begins or ends"},
        CredentialRow{"SpaceAfterSecret", "PK0123", "hunter2 ", "Credentials::secret begins or ends"},
        CredentialRow{"OnlyASpace", "PK0123", " ", "Credentials::secret begins or ends"},
        CredentialRow{"ColonInKey", "PK0123:x", "hunter2", "Credentials::key holds a colon"},
        CredentialRow{"LineBreakInKey", "PK0123\r\n", "hunter2", "Credentials::key holds a control"},
        CredentialRow{"LineBreakInSecret", "PK0123", "hunter2\n", "Credentials::secret holds a control"},
        CredentialRow{"NulInSecret", "PK0123", std::string("hunter2\0", 8), "Credentials::secret holds"},
        CredentialRow{"DeleteInKey", "PK0123\x7f", "hunter2", "Credentials::key holds a control"}),
    test::kByName);

TEST(OptionsCheck, AcceptsAColonAndASpaceInTheSecret) { EXPECT_FALSE(validate(Credentials{"key", "a:b c"})); }

constexpr UtcTime kNoon{std::chrono::hours(12)};

struct FilterRow {
  const char* name;
  std::function<void(OrderFilter&)> set;
  const char* fault = nullptr;  // null: usable
};

class Filter : public ::testing::TestWithParam<FilterRow> {};

TEST_P(Filter, IsUsableOrNamedWithItsFault) {
  const FilterRow& row = GetParam();
  OrderFilter filter;
  row.set(filter);
  const auto fault = validate(filter);
  ASSERT_EQ(fault.has_value(), row.fault != nullptr) << fault->message;
  if (!fault) return;
  EXPECT_EQ(fault->kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(fault->message, HasSubstr(row.fault));
  EXPECT_THAT(fault->message, HasSubstr("; accepted: "));
}

FilterRow symbol(const char* name, const std::string& text, bool usable = false) {
  return {name,
          [text](OrderFilter& f) {
            f.symbols = std::vector<std::string>{"AAPL", text};
          },
          usable ? nullptr : "OrderFilter::symbols has an entry that is not a symbol: "};
}

INSTANTIATE_TEST_SUITE_P(
    All, Filter,
    ::testing::Values(
        FilterRow{"Default", [](auto&) {}}, symbol("Pair", "BTC/USD", true), symbol("Class", "BRK.B", true),
        symbol("Others", "A_B-9", true), symbol("Longest", std::string(32, 'A'), true),
        symbol("TooLong", std::string(33, 'A')), symbol("Empty", ""), symbol("Comma", "A,B"), symbol("Space", "A B"),
        symbol("Query", "A&limit=1"), symbol("Fragment", "A#"), symbol("Encoded", "A%2C"), symbol("LineFeed", "A\n"),
        symbol("Nul", std::string("A\0", 2)), symbol("NotAscii", "\xC3\x84"),
        FilterRow{"ManySymbols", [](auto& f) { f.symbols.emplace(1000, "A"); }},
        // A desk's set of symbols was once empty by mistake, and its list then held every order.
        FilterRow{"LowerCase",
                  [](auto& f) {
                    f.symbols = {"AAPL", "msft"};
                  },
                  "OrderFilter::symbols has an entry in lower case: \"msft\" at index 1"},
        FilterRow{"NoSymbols", [](auto& f) { f.symbols.emplace(); }, "OrderFilter::symbols is an empty list"},
        FilterRow{"LimitOfOne", [](auto& f) { f.limit = 1; }},
        FilterRow{"LimitOfZero", [](auto& f) { f.limit = 0; }, "OrderFilter::limit is 0"},
        FilterRow{"LargestLimit", [](auto& f) { f.limit = std::string::npos; }},
        FilterRow{"AfterAlone", [](auto& f) { f.submittedAfter = UtcTime(); }},
        FilterRow{"BeforeAlone", [](auto& f) { f.submittedBefore = UtcTime(24h * 365 * 291); }},
        FilterRow{"AfterThatOverflowed", [](auto& f) { f.submittedAfter = UtcTime(-1ns); },
                  "OrderFilter::submittedAfter or submittedBefore is before 1970 or after 2260"},
        FilterRow{"BeforeThatOverflowed", [](auto& f) { f.submittedBefore = UtcTime::max(); },
                  "OrderFilter::submittedAfter or submittedBefore is before 1970 or after 2260"},
        FilterRow{"Window",
                  [](auto& f) {
                    f.submittedAfter = kNoon;
                    f.submittedBefore = kNoon + 1ns;
                  }},
        FilterRow{"EmptyWindow",
                  [](auto& f) {
                    f.submittedAfter = kNoon;
                    f.submittedBefore = kNoon;
                  },
                  "OrderFilter::submittedAfter is not before submittedBefore"},
        FilterRow{"WindowBackwards",
                  [](auto& f) {
                    f.submittedAfter = kNoon + 1h;
                    f.submittedBefore = kNoon;
                  },
                  "OrderFilter::submittedAfter is not before submittedBefore"},
        FilterRow{"SideSell", [](auto& f) { f.side = OrderSide::Sell; }},
        FilterRow{"RarerSide", [](auto& f) { f.side = OrderSide::SellShort; },
                  "OrderFilter::side is \"sell_short\", neither Buy nor Sell"},
        FilterRow{"NoSide", [](auto& f) { f.side = OrderSide(); }, "OrderFilter::side is \"\", neither Buy nor Sell"},
        FilterRow{"SideOfALaterVersion", [](auto& f) { f.side = OrderSide("side\n"); },
                  "OrderFilter::side is \"side?\", neither Buy nor Sell"},
        FilterRow{"StatusAll", [](auto& f) { f.status = OrderFilter::Status::All; }},
        FilterRow{"OldestFirst", [](auto& f) { f.direction = OrderFilter::Direction::OldestFirst; }},
        FilterRow{"UnknownStatus", [](auto& f) { f.status = static_cast<OrderFilter::Status>(3); },
                  "OrderFilter::status is 3; accepted: OrderFilter::Status::Open, Closed or All"},
        FilterRow{"NegativeStatus", [](auto& f) { f.status = static_cast<OrderFilter::Status>(-1); },
                  "OrderFilter::status is -1"},
        FilterRow{"UnknownDirection", [](auto& f) { f.direction = static_cast<OrderFilter::Direction>(2); },
                  "OrderFilter::direction is 2; accepted: OrderFilter::Direction::NewestFirst or OldestFirst"}),
    test::kByName);

// A desk with a thousand symbols had to count. What it passed is shown, but never as a terminal's control sequence.
TEST(Filter, ShowsTheEntryThatIsNotASymbol) {
  OrderFilter filter;
  filter.symbols = {"AAPL", "A\x1b[2J", "MSFT"};
  EXPECT_THAT(validate(filter)->message, HasSubstr("is not a symbol: \"A?[2J\" at index 1; accepted: 1 to 32"));
}

TEST(OptionsOfAKillSwitch, RefuseTimesThatSelectNothing) {
  KillSwitchOptions options;
  options.submittedBefore = kNoon;
  EXPECT_FALSE(validate(options));
  options.submittedAfter = kNoon;
  EXPECT_THAT(validate(options)->message, HasSubstr("KillSwitchOptions::submittedAfter is not before submittedBefore"));
  options.submittedBefore = std::nullopt;
  EXPECT_FALSE(validate(options));
}

// An account without such an order would count as empty, whatever is open in it.
TEST(OptionsOfAKillSwitch, RefuseAPrefixThatNoOrderCanHave) {
  KillSwitchOptions options;
  for (const std::string& prefix :
       {std::string("\n"), std::string("\xC3\xBC"), std::string(129, 'x'), std::string(1, '\0')}) {
    options.clientOrderIdPrefix = prefix;
    const auto fault = validate(options);
    ASSERT_TRUE(fault);
    EXPECT_THAT(fault->message, HasSubstr("KillSwitchOptions::clientOrderIdPrefix cannot begin a client order id"));
  }
  options.clientOrderIdPrefix = std::string(128, 'x');
  EXPECT_FALSE(validate(options));
}

TEST(OptionsOfAWorkflow, SayThatNothingWasSent) {
  BatchOptions batch;
  batch.concurrency = 0;
  EXPECT_EQ(validate(batch)->message, "BatchOptions::concurrency is 0; accepted: 1 to 1000. Nothing was sent.");
  ConfirmOptions confirm;
  confirm.maxCancels = 0;
  EXPECT_EQ(validate(confirm)->message, "ConfirmOptions::maxCancels is 0; accepted: 1 to 100. Nothing was sent.");
  KillSwitchOptions kill;
  kill.maxRounds = 0;
  EXPECT_EQ(validate(kill)->message, "KillSwitchOptions::maxRounds is 0; accepted: 1 to 1000. Nothing was sent.");
}

}  // namespace
}  // namespace alpaca::broker::model

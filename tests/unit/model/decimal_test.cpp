#include <alpaca/broker/decimal.hpp>
#include <alpaca/broker/order.hpp>

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <iomanip>
#include <limits>
#include <locale>
#include <random>
#include <sstream>
#include <string>

namespace alpaca::broker {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct ParseRow {
  const char* name;
  const char* text;
  bool isNumber;
};

class DecimalOf : public ::testing::TestWithParam<ParseRow> {};

TEST_P(DecimalOf, IsANumberOrSaysNo) {
  const auto parsed = Decimal::parse(GetParam().text);
  const Decimal kept{GetParam().text};
  EXPECT_EQ(bool(parsed), GetParam().isNumber);
  EXPECT_EQ(kept.isNumber(), GetParam().isNumber);
  EXPECT_EQ(kept.str(), GetParam().text);
  EXPECT_EQ(std::isnan(kept.toDouble()), !GetParam().isNumber);
  if (parsed) {
    EXPECT_EQ(parsed->str(), GetParam().text);
  } else {
    EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(parsed.error().message, StartsWith("The Decimal is not a number: \""));
    EXPECT_THAT(parsed.error().message, HasSubstr("accepted: digits with an optional sign"));
    EXPECT_FALSE(kept.isZero());
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, DecimalOf,
                         ::testing::Values(ParseRow{"Whole", "10", true}, ParseRow{"Fraction", "10.50", true},
                                           ParseRow{"Negative", "-0.5", true}, ParseRow{"Plus", "+3", true},
                                           ParseRow{"NoWhole", ".5", true}, ParseRow{"NoFraction", "5.", true},
                                           ParseRow{"Exponent", "1e-7", true},
                                           ParseRow{"LargeExponent", "1E+300", true},
                                           ParseRow{"LongestExponent", "1e000999999999999999", true},
                                           ParseRow{"ExponentTooLong", "1e1000000000000000", false},
                                           ParseRow{"Nothing", "", false}, ParseRow{"OnlyASign", "-", false},
                                           ParseRow{"OnlyAPoint", ".", false}, ParseRow{"NoExponent", "1e", false},
                                           ParseRow{"SignedNothing", "1e-", false}, ParseRow{"Comma", "1,000", false},
                                           ParseRow{"Space", "7 ", false}, ParseRow{"SpaceInFront", " 7", false},
                                           ParseRow{"NotANumber", "NaN", false}, ParseRow{"Infinity", "inf", false},
                                           ParseRow{"Hex", "0x10", false}, ParseRow{"TwoPoints", "1.2.3", false},
                                           ParseRow{"TwoSigns", "--1", false}),
                         test::kByName);

struct CompareRow {
  const char* name;
  const char* a;
  const char* b;
  char relation;  // '<', '=', or '?' when they cannot be compared
};

class DecimalsOf : public ::testing::TestWithParam<CompareRow> {};

TEST_P(DecimalsOf, CompareByValueAndExactly) {
  const Decimal a{GetParam().a};
  const Decimal b{GetParam().b};
  const char relation = GetParam().relation;
  EXPECT_EQ(a == b, relation == '=');
  EXPECT_EQ(b == a, relation == '=');
  EXPECT_EQ(a != b, relation != '=');
  EXPECT_EQ(a < b, relation == '<');
  EXPECT_EQ(b > a, relation == '<');
  EXPECT_EQ(a <= b, relation == '<' || relation == '=');
  EXPECT_EQ(b >= a, relation == '<' || relation == '=');
  EXPECT_FALSE(b < a);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DecimalsOf,
    ::testing::Values(CompareRow{"TrailingZero", "1.50", "1.5", '='}, CompareRow{"LeadingZero", "007", "7", '='},
                      CompareRow{"Exponents", "1e3", "1000", '='}, CompareRow{"SmallExponent", "15e-1", "1.5", '='},
                      CompareRow{"Zeros", "0", "0.000", '='}, CompareRow{"SignedZero", "-0", "0", '='},
                      CompareRow{"ZeroWithALargeExponent", "0e999999999999999", "-0.0", '='},
                      CompareRow{"ZeroAndOne", "0e999999999999999", "1", '<'}, CompareRow{"Signs", "-1", "1", '<'},
                      CompareRow{"Negative", "-2", "-1", '<'},
                      CompareRow{"LastDigit", "0.1", "0.10000000000000001", '<'},
                      CompareRow{"FarApart", "1e-999999999999999", "1e999999999999999", '<'},
                      CompareRow{"BeyondDouble", "123456789012345678901", "123456789012345678902", '<'},
                      CompareRow{"MoreDigits", "9.99", "10", '<'}, CompareRow{"SameText", "n/a", "n/a", '='},
                      CompareRow{"NoNumber", "n/a", "0", '?'}, CompareRow{"Nothing", "", "0", '?'},
                      CompareRow{"NothingTwice", "", "", '='}),
    test::kByName);

struct MinusRow {
  const char* name;
  const char* a;
  const char* b;
  const char* difference;  // null: none
};

class DifferenceOf : public ::testing::TestWithParam<MinusRow> {};

TEST_P(DifferenceOf, IsExact) {
  const auto difference = Decimal(GetParam().a).minus(Decimal(GetParam().b));
  ASSERT_EQ(difference.has_value(), GetParam().difference != nullptr);
  if (difference) {
    EXPECT_EQ(difference->str(), GetParam().difference);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DifferenceOf,
    ::testing::Values(MinusRow{"Whole", "10", "4", "6"}, MinusRow{"Fractions", "10", "4.5", "5.5"},
                      MinusRow{"Borrow", "100", "0.001", "99.999"}, MinusRow{"Negative", "4", "10", "-6"},
                      MinusRow{"OfANegative", "1", "-0.5", "1.5"}, MinusRow{"Both", "-1", "-0.25", "-0.75"},
                      MinusRow{"Nothing", "1.50", "1.5", "0.00"}, MinusRow{"NoMinusZero", "-1", "-1", "0"},
                      MinusRow{"Carry", "99.5", "-0.5", "100.0"}, MinusRow{"Exponent", "1e3", "1", "999"},
                      MinusRow{"RoundExponent", "3e2", "1e2", "200"}, MinusRow{"Tiny", "5e-3", "2e-3", "0.003"},
                      MinusRow{"NoWhole", ".5", ".25", "0.25"}, MinusRow{"LeadingZeros", "007", "0002", "5"},
                      MinusRow{"ZeroWithALargeExponent", "1.5", "0e-2000", "1.5"},
                      MinusRow{"FromZeroWithALargeExponent", "0e999999999999999", "1.5", "-1.5"},
                      MinusRow{"TooFarApart", "1e900", "1e-900", nullptr}, MinusRow{"TooLong", "1e5000", "1", nullptr},
                      MinusRow{"NoNumber", "n/a", "1", nullptr}, MinusRow{"FromNothing", "1", "", nullptr}),
    test::kByName);

TEST(Decimal, ZerosTakeNoRoomInADifference) {
  const std::string zeros(2'000, '0');
  const auto difference = Decimal(zeros + "5.5" + zeros).minus(Decimal("3"));
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->str(), "2.5");
}

// The reference calculates with whole numbers.
TEST(Decimal, AgreesWithWholeNumbers) {
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same numbers each time
  const auto text = [](long long scaled) {
    const std::string digits = std::to_string(std::abs(scaled));
    const std::string padded = std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
    return (scaled < 0 ? "-" : "") + padded.substr(0, padded.size() - 3) + "." + padded.substr(padded.size() - 3);
  };
  for (int i = 0; i < 20'000; ++i) {
    const long long a = static_cast<int>(random()) % 100'000;
    const long long b = static_cast<int>(random()) % (i % 2 == 0 ? 100 : 100'000);
    const auto difference = Decimal(text(a)).minus(Decimal(text(b)));
    ASSERT_TRUE(difference);
    EXPECT_EQ(difference->str(), text(a - b)) << text(a) << " - " << text(b);
    EXPECT_EQ(Decimal(text(a)) < Decimal(text(b)), a < b) << text(a) << ' ' << text(b);
    EXPECT_EQ(Decimal(text(a)) == Decimal(text(b)), a == b) << text(a) << ' ' << text(b);
  }
}

TEST(Decimal, BecomesTheNearestDouble) {
  EXPECT_EQ(Decimal("0.1").toDouble(), 0.1);
  EXPECT_EQ(Decimal("-12.50").toDouble(), -12.5);
  EXPECT_EQ(Decimal("1e400").toDouble(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(Decimal("-1e400").toDouble(), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(Decimal("1e-400").toDouble(), 0.0);
  EXPECT_EQ(Decimal("0e400").toDouble(), 0.0);
  EXPECT_EQ(Decimal("+2.5e1").toDouble(), 25.0);
  EXPECT_EQ(Decimal(".5").toDouble(), 0.5);
  EXPECT_EQ(Decimal("5.").toDouble(), 5.0);
  EXPECT_TRUE(std::signbit(Decimal("-1e-400").toDouble()));
  EXPECT_EQ(Decimal("0." + std::string(400, '0') + "1e401").toDouble(), 1.0);
  // Halfway between two doubles, and a last digit that decides: only a correct rounding tells them apart.
  EXPECT_EQ(Decimal("9007199254740993").toDouble(), 9007199254740992.0);
  EXPECT_EQ(Decimal("9007199254740993.00000000000000000001").toDouble(), 9007199254740994.0);
}

// A desk in Germany writes 1.000,5: the broker's numbers do not depend on that.
struct GermanNumbers : std::numpunct<char> {
  [[nodiscard]] char do_decimal_point() const override { return ','; }
  [[nodiscard]] char do_thousands_sep() const override { return '.'; }
  [[nodiscard]] std::string do_grouping() const override { return "\3"; }
};

TEST(Decimal, BecomesTheSameDoubleInEveryLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  const std::locale global = std::locale::global(std::locale(std::locale(), new GermanNumbers));
  std::setlocale(LC_ALL, "de_DE.UTF-8");  // changes nothing where it is not installed
  EXPECT_EQ(Decimal("1234.5").toDouble(), 1234.5);
  std::locale::global(global);
  std::setlocale(LC_ALL, before.c_str());
}

TEST(Decimal, IsPrintedAsWritten) {
  std::ostringstream out;
  out << std::setw(6) << Decimal("1.50");
  EXPECT_EQ(out.str(), "  1.50");
  EXPECT_EQ(::testing::PrintToString(Decimal("1e-7")), "1e-7");
}

TEST(Order, SaysHowMuchIsLeft) {
  Order order;
  EXPECT_FALSE(order.remaining()) << "by notional";
  order.qty = Decimal("10");
  EXPECT_FALSE(order.remaining()) << "nothing is known to be filled";
  order.filledQty = Decimal("2.5");
  EXPECT_EQ(order.remaining(), Decimal("7.5"));
}

TEST(Order, OfNobodyHasTheIdThatNoOrderHas) {
  EXPECT_EQ(Order{}.id, OrderId::nil());
  EXPECT_EQ(OrderId::nil(), OrderId::parse("00000000-0000-0000-0000-000000000000").value());
}

}  // namespace
}  // namespace alpaca::broker

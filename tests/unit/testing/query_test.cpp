#include "testing/query.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace alpaca::broker::testing {
namespace {

using Text = std::optional<std::string>;

struct DecodingRow {
  const char* name;
  const char* text;
  Text decoded;
};

class PercentDecoding : public ::testing::TestWithParam<DecodingRow> {};

TEST_P(PercentDecoding, Reads) { EXPECT_EQ(percentDecoded(GetParam().text), GetParam().decoded); }

INSTANTIATE_TEST_SUITE_P(Query, PercentDecoding,
                         ::testing::Values(DecodingRow{"Nothing", "", ""}, DecodingRow{"Plain", "a-b_c.d~", "a-b_c.d~"},
                                           DecodingRow{"BothCases", "%2f%2F%c3%A4", "//\xc3\xa4"},
                                           DecodingRow{"PercentItself", "100%25", "100%"},
                                           DecodingRow{"LeavesAPlus", "a+b", "a+b"},
                                           DecodingRow{"Once", "%2541", "%41"}, DecodingRow{"CutOff", "a%2", {}},
                                           DecodingRow{"Alone", "%", {}}, DecodingRow{"NoDigits", "%zz", {}},
                                           DecodingRow{"HalfADigit", "%4g", {}}),
                         test::kByName);

struct ValueRow {
  const char* name;
  const char* query;
  Text value;  // of "a"
};

class QueryValue : public ::testing::TestWithParam<ValueRow> {};

TEST_P(QueryValue, IsFoundByName) { EXPECT_EQ(Query(GetParam().query).value("a"), GetParam().value); }

INSTANTIATE_TEST_SUITE_P(
    Query, QueryValue,
    ::testing::Values(ValueRow{"Nothing", "", {}}, ValueRow{"Another", "b=1", {}}, ValueRow{"Alone", "a=1", "1"},
                      ValueRow{"Among", "b=2&a=1&c=3", "1"}, ValueRow{"TheFirst", "a=1&a=2", "1"},
                      ValueRow{"Empty", "a=", ""}, ValueRow{"WithoutEquals", "a&b=1", ""},
                      ValueRow{"WithEquals", "a=b=c", "b=c"}, ValueRow{"PlusIsASpace", "a=1+2%2B3", "1 2+3"},
                      ValueRow{"NameDecoded", "%61=1", "1"}, ValueRow{"StrayAmpersands", "&&a=1&", "1"},
                      ValueRow{"AmpersandDecoded", "a=x%26a%3Dy", "x&a=y"}),
    test::kByName);

TEST(Query, RefusesWhatCannotBeDecoded) {
  EXPECT_THROW(Query("a=%"), BadRequest);
  EXPECT_THROW(Query("a=1&%x=2"), BadRequest);
}

}  // namespace
}  // namespace alpaca::broker::testing

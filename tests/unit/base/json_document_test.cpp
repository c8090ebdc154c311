#include "base/json_document.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace alpaca::broker::base {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(JsonDocument, KeepsTheDigitsOfEveryNumber) {
  for (const char* number :
       {"0", "1", "-1", "1.10", "0.1", "100.0", "-0.0", "1e2", "1E+2", "1.50e-7", "123456789012345678901234567890",
        "18446744073709551615", "-9223372036854775808", "0.1000000000000000055511151231257827", "1e308"}) {
    const auto json = parseJson(number);
    ASSERT_TRUE(json) << number;
    EXPECT_EQ(json->get<std::string>(), number);
  }
}

TEST(JsonDocument, BuildsWhatTheTextSays) {
  const auto json = parseJson(R"( {"a": [1.10, "x", true, null, {"b": []}], "c": {"d": {}}, "": -2} )");
  ASSERT_TRUE(json);
  EXPECT_EQ(*json, nlohmann::json::parse(R"({"a":["1.10","x",true,null,{"b":[]}],"c":{"d":{}},"":"-2"})"));
}

TEST(JsonDocument, LetsTheLastOfTwoFieldsCount) {
  const auto json = parseJson(R"({"a":{"b":1,"c":2},"a":{"b":3},"d":[1],"d":4})");
  ASSERT_TRUE(json);
  EXPECT_EQ(*json, nlohmann::json::parse(R"({"a":{"b":"3"},"d":"4"})"));
}

TEST(JsonDocument, KeepsWhatIsEscaped) {
  const auto json = parseJson(R"(["\u0000a\n\u00e9\ud83d\ude00"])");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at(0).get<std::string>(), std::string("\0a\n\xC3\xA9\xF0\x9F\x98\x80", 9));
}

struct Row {
  const char* name;
  std::string body;
};

class NotJson : public ::testing::TestWithParam<Row> {};

TEST_P(NotJson, IsNothing) { EXPECT_FALSE(parseJson(GetParam().body)); }

INSTANTIATE_TEST_SUITE_P(
    All, NotJson,
    ::testing::Values(Row{"Empty", ""}, Row{"Space", " \n"}, Row{"Html", "<html></html>"}, Row{"Word", "tru"},
                      Row{"CutObject", R"({"a":1)"}, Row{"CutArray", "[1,2"}, Row{"CutText", R"(["a)"},
                      Row{"Closed", "]"}, Row{"Mismatched", "[}"}, Row{"TrailingComma", "[1,]"},
                      Row{"Followed", "{} {}"}, Row{"FollowedByComma", "[],"}, Row{"Comment", "[] // x"},
                      Row{"NulAfterwards", std::string("{}\0", 3)}, Row{"NulAndMore", std::string("{}\0garbage", 10)},
                      Row{"NulInside", std::string("[\"a\0b\"]", 7)}, Row{"NulBefore", std::string("\0{}", 3)},
                      Row{"Latin1", "[\"\xE9\"]"}, Row{"CutUtf8", "[\"\xC3\"]"}, Row{"Overlong", "[\"\xC0\x80\"]"},
                      Row{"HalfASurrogate", R"(["\ud83d"])"}, Row{"BareLineFeed", "[\"a\nb\"]"},
                      Row{"LeadingZero", "01"}, Row{"Plus", "+1"}, Row{"NoFraction", "1."}, Row{"NotANumber", "NaN"},
                      Row{"Infinity", "Infinity"}, Row{"BeyondFloatingPoint", "1e999"}, Row{"SingleQuotes", "['a']"}),
    test::kByName);

TEST(JsonDocument, NestsAsDeepAsItMayAndNoDeeper) {
  EXPECT_TRUE(parseJson(repeated("[", 32) + repeated("]", 32)));
  EXPECT_TRUE(parseJson(repeated(R"({"a":)", 32) + "1" + repeated("}", 32)));
  EXPECT_FALSE(parseJson(repeated("[", 33) + repeated("]", 33)));
  EXPECT_FALSE(parseJson(repeated(R"({"a":)", 33) + "1" + repeated("}", 33)));
  EXPECT_FALSE(parseJson(repeated("[", 1'000'000)));
}

TEST(JsonDocument, IsAsWideAsItMayBeAndNoWider) {
  EXPECT_TRUE(parseJson("[" + repeated("1,", kMaxValues - 2) + "1]"));
  EXPECT_FALSE(parseJson("[" + repeated("1,", kMaxValues - 1) + "1]"));
}

// Parsing 13 MB once took 430 ms, all of it after the deadline.
TEST(JsonDocument, IsNotReadToItsEndAfterTheTimeForIt) {
  const auto past = std::chrono::steady_clock::now();
  const std::string large = "[" + repeated("1,", 10'000) + "1]";
  EXPECT_FALSE(parseJson(large, past));
  EXPECT_TRUE(parseJson(large, past + std::chrono::hours(1)));
  EXPECT_TRUE(parseJson("[1,2]", past)) << "a small text is still read";
}

TEST(JsonDocument, CanBeMoved) {
  JsonDocument one = parseJson("[1]");
  JsonDocument other = std::move(one);
  EXPECT_EQ(other->size(), 1U);
  other = parseJson("[[1],[2]]");
  EXPECT_EQ(other->size(), 2U);
  EXPECT_FALSE(JsonDocument());
}

}  // namespace
}  // namespace alpaca::broker::base

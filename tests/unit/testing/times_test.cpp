#include "testing/times.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace alpaca::broker::testing {
namespace {

using namespace std::chrono_literals;

constexpr WallTime at(std::chrono::nanoseconds sinceEpoch) { return WallTime(sinceEpoch); }

// 2024-02-29 23:59:58
constexpr auto kLeapDay = 1'709'251'198s;

TEST(Times, AreWrittenToTheNanosecond) {
  EXPECT_EQ(rfc3339(at(0ns)), "1970-01-01T00:00:00.000000000Z");
  EXPECT_EQ(rfc3339(at(kLeapDay + 7ns)), "2024-02-29T23:59:58.000000007Z");
  EXPECT_EQ(rfc3339(at(-1ns)), "1969-12-31T23:59:59.999999999Z");
  EXPECT_EQ(timestamp(at(1ms)).text, "1970-01-01T00:00:00.001000000Z");
  EXPECT_EQ(timestamp(at(1ms)).time, at(1ms));
}

TEST(Times, AreWrittenAsHttpWantsThem) {
  EXPECT_EQ(httpDate(at(784'111'777s)), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(httpDate(at(kLeapDay + 999ms)), "Thu, 29 Feb 2024 23:59:58 GMT");
}

struct ParsingRow {
  const char* name;
  const char* text;
  std::optional<WallTime> time;
};

class ParsingATime : public ::testing::TestWithParam<ParsingRow> {};

TEST_P(ParsingATime, Reads) { EXPECT_EQ(parseTime(GetParam().text), GetParam().time); }

INSTANTIATE_TEST_SUITE_P(
    Times, ParsingATime,
    ::testing::Values(ParsingRow{"Utc", "2024-02-29T23:59:58Z", at(kLeapDay)},
                      ParsingRow{"LowerCase", "2024-02-29t23:59:58z", at(kLeapDay)},
                      ParsingRow{"Nanoseconds", "2024-02-29T23:59:58.000000007Z", at(kLeapDay + 7ns)},
                      ParsingRow{"Tenths", "2024-02-29T23:59:58.5Z", at(kLeapDay + 500ms)},
                      ParsingRow{"BeyondNanoseconds", "2024-02-29T23:59:58.0000000079Z", at(kLeapDay + 7ns)},
                      ParsingRow{"West", "2024-02-29T18:59:58-05:00", at(kLeapDay)},
                      ParsingRow{"East", "2024-03-01T05:29:58+05:30", at(kLeapDay)},
                      ParsingRow{"DateAlone", "1970-01-02", at(24h)}, ParsingRow{"Nothing", "", {}},
                      ParsingRow{"Word", "yesterday", {}}, ParsingRow{"Number", "1709251198", {}},
                      ParsingRow{"NoOffset", "2024-02-29T23:59:58", {}},
                      ParsingRow{"PlusReadAsSpace", "2024-03-01T05:29:58 05:30", {}},
                      ParsingRow{"NoSuchDay", "2023-02-29T00:00:00Z", {}}, ParsingRow{"NoSuchMonth", "2023-13-01", {}},
                      ParsingRow{"NoSuchHour", "2023-01-01T24:00:00Z", {}},
                      ParsingRow{"FractionWithoutDigits", "2024-02-29T23:59:58.Z", {}},
                      ParsingRow{"MoreBehind", "2024-02-29T23:59:58Zx", {}},
                      ParsingRow{"TooFarAway", "2300-01-01", {}}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::testing

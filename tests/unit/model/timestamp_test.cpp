#include "model/timestamp.hpp"

#include "support/row_name.hpp"

#include <alpaca/broker/order_filter.hpp>

#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::model {
namespace {

using namespace std::chrono_literals;

struct Row {
  const char* name;
  const char* text;
  long long nanoseconds;
};

class Moment : public ::testing::TestWithParam<Row> {};

TEST_P(Moment, IsRead) {
  const Row& row = GetParam();
  const auto read = parseTimestamp(row.text);
  ASSERT_TRUE(read) << row.text;
  EXPECT_EQ(read->time.time_since_epoch().count(), row.nanoseconds);
  EXPECT_EQ(read->text, row.text);
}

INSTANTIATE_TEST_SUITE_P(
    All, Moment,
    ::testing::Values(Row{"Epoch", "1970-01-01T00:00:00Z", 0}, Row{"Second", "1970-01-01T00:00:01Z", 1'000'000'000},
                      Row{"Microseconds", "2021-03-16T18:38:01.942282Z", 1'615'919'881'942'282'000},
                      Row{"Nanoseconds", "2021-03-16T18:38:01.942282123Z", 1'615'919'881'942'282'123},
                      Row{"FinerThanThat", "2021-03-16T18:38:01.94228212399999Z", 1'615'919'881'942'282'123},
                      Row{"OneDigit", "2021-03-16T18:38:01.9Z", 1'615'919'881'900'000'000},
                      Row{"LowerCase", "2021-03-16t18:38:01.942282z", 1'615'919'881'942'282'000},
                      Row{"Behind", "2021-03-16T14:38:01.942282-04:00", 1'615'919'881'942'282'000},
                      Row{"Ahead", "2021-03-17T00:08:01.942282+05:30", 1'615'919'881'942'282'000},
                      Row{"UnknownOffset", "2021-03-16T18:38:01.942282-00:00", 1'615'919'881'942'282'000},
                      Row{"LargestOffset", "1970-01-01T23:59:00+23:59", 0},
                      Row{"Before1970", "1969-12-31T23:59:59.999999999Z", -1},
                      Row{"LeapDay", "2024-02-29T00:00:00Z", 1'709'164'800'000'000'000},
                      Row{"LeapDayOfACentury", "2000-02-29T12:00:00Z", 951'825'600'000'000'000},
                      Row{"LeapSecond", "2016-12-31T23:59:60Z", 1'483'228'800'000'000'000},
                      Row{"LeapSecondElsewhere", "2016-12-31T18:59:60.5-05:00", 1'483'228'800'500'000'000},
                      Row{"First", "1678-01-01T00:00:00Z", -9'214'560'000'000'000'000},
                      Row{"Last", "2261-12-31T23:59:59.999999999Z", 9'214'646'399'999'999'999}),
    test::kByName);

TEST(UtcTime, IsReadFromTextWithItsOffset) {
  EXPECT_EQ(parseUtcTime("2021-03-16T18:38:01.942282Z").value(), UtcTime(1'615'919'881'942'282'000ns));
  EXPECT_EQ(parseUtcTime("2021-03-16T14:38:01-04:00").value(), UtcTime(1'615'919'881s));
  for (const char* text : {"", "2021-03-16T18:38:01", "2021-03-16", "1615919881", "2262-01-01T00:00:00Z"}) {
    const auto time = parseUtcTime(text);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(time.error().message, "The time is not a time of RFC 3339: \"" + std::string(text) +
                                        "\"; accepted: "
                                        "YYYY-MM-DDThh:mm:ss with Z or an offset such as -04:00, of a day that exists, "
                                        "in the years 1678 to 2261; for "
                                        "instance 2021-03-16T18:38:01.942282Z.");
  }
}

TEST(Timestamp, IsNothingForWhatIsNotExactlyAMoment) {
  for (const char* text : {"",
                           "Z",
                           "2021",
                           "2021-03-16",
                           "2021-03-16T18:38Z",
                           "2021-03-16T18:38:01",
                           "2021-03-16 18:38:01Z",
                           "2021-03-16T18:38:01 Z",
                           " 2021-03-16T18:38:01Z",
                           "2021-03-16T18:38:01Z ",
                           "2021-03-16T18:38:01ZZ",
                           "2021-03-16T18:38:01.Z",
                           "2021-03-16T18:38:01,5Z",
                           "2021-03-16T18:38:01.5",
                           "2021-03-16T18:38:01+0400",
                           "2021-03-16T18:38:01+04",
                           "2021-03-16T18:38:01+24:00",
                           "2021-03-16T18:38:01+04:60",
                           "2021-03-16T18:38:01*04:00",
                           "2021-3-16T18:38:01Z",
                           "2021-03-16T8:38:01Z",
                           "+2021-03-16T18:38:01Z",
                           "-001-03-16T18:38:01Z",
                           "2021-00-16T18:38:01Z",
                           "2021-13-16T18:38:01Z",
                           "2021-03-00T18:38:01Z",
                           "2021-03-32T18:38:01Z",
                           "2021-04-31T18:38:01Z",
                           "2021-02-29T18:38:01Z",
                           "2100-02-29T18:38:01Z",
                           "2024-02-30T18:38:01Z",
                           "2021-03-16T24:00:00Z",
                           "2021-03-16T18:60:01Z",
                           "2021-03-16T18:38:61Z",
                           "2021-03-16T18:38:60Z",
                           "2016-12-31T23:59:60-05:00",
                           "2021-03-16T23:58:60Z",
                           "1677-12-31T23:59:59Z",
                           "2262-01-01T00:00:00Z",
                           "0000-01-01T00:00:00Z",
                           "9999-12-31T23:59:59Z",
                           "2021-03-16T18:38:0xZ",
                           "2021-03-16T18:38:01.5x",
                           "1615919881",
                           "Tue, 16 Mar 2021 18:38:01 GMT"}) {
    EXPECT_FALSE(parseTimestamp(text)) << text;
  }
  EXPECT_FALSE(parseTimestamp(std::string_view("2021-03-16T18:38:01Z\0", 21)));
}

TEST(Timestamp, MayHaveAnyNumberOfDigits) {
  const auto read = parseTimestamp("1970-01-01T00:00:00." + std::string(100'000, '9') + "Z");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->time.time_since_epoch(), 999'999'999ns);
}

TEST(Timestamp, IsWrittenInUtcToTheNanosecond) {
  EXPECT_EQ(formatTimestamp(Nanotime{}), "1970-01-01T00:00:00.000000000Z");
  EXPECT_EQ(formatTimestamp(Nanotime{1'615'919'881'942'282'001ns}), "2021-03-16T18:38:01.942282001Z");
  EXPECT_EQ(formatTimestamp(Nanotime{-1ns}), "1969-12-31T23:59:59.999999999Z");
  EXPECT_EQ(formatTimestamp(Nanotime::min()), "1677-09-21T00:12:43.145224192Z");
  EXPECT_EQ(formatTimestamp(Nanotime::max()), "2262-04-11T23:47:16.854775807Z");
}

TEST(Timestamp, IsReadAsItWasWrittenOnEveryDay) {
  const Nanotime last = parseTimestamp("2261-12-31T00:00:00Z")->time;
  for (Nanotime day = parseTimestamp("1678-01-01T12:34:56.789Z")->time; day < last; day += 24h) {
    const auto read = parseTimestamp(formatTimestamp(day));
    ASSERT_TRUE(read) << formatTimestamp(day);
    ASSERT_EQ(read->time, day) << read->text;
  }
}

}  // namespace
}  // namespace alpaca::broker::model

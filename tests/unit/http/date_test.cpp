#include "http/date.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace alpaca::broker::http {
namespace {

struct Row {
  const char* name;
  const char* text;
  std::optional<long long> seconds;  // since 1970
};

class HttpDate : public ::testing::TestWithParam<Row> {};

TEST_P(HttpDate, IsReadAs) {
  const auto date = parseHttpDate(GetParam().text);
  ASSERT_EQ(date.has_value(), GetParam().seconds.has_value());
  if (!date) return;
  EXPECT_EQ(std::chrono::duration_cast<std::chrono::seconds>(date->time_since_epoch()).count(), *GetParam().seconds);
}

INSTANTIATE_TEST_SUITE_P(Forms, HttpDate,
                         ::testing::Values(Row{"Usual", "Sun, 06 Nov 1994 08:49:37 GMT", 784'111'777},
                                           Row{"LeapDay", "Thu, 29 Feb 2024 23:59:59 GMT", 1'709'251'199},
                                           Row{"FirstSecond", "Thu, 01 Jan 1970 00:00:00 GMT", 0},
                                           Row{"LastMonth", "Thu, 31 Dec 2026 00:00:00 GMT", 1'798'675'200},
                                           Row{"Rfc850", "Sunday, 06-Nov-94 08:49:37 GMT", 784'111'777},
                                           Row{"Asctime", "Sun Nov  6 08:49:37 1994", 784'111'777},
                                           Row{"NoSuchDay", "Sat, 30 Feb 2024 00:00:00 XXX", std::nullopt},
                                           Row{"NoSuchMonth", "Sun, 06 Nxv 1994 08:49:37 GMT", std::nullopt},
                                           Row{"PartOfTwoMonths", "Sun, 06 anF 1994 08:49:37 GMT", std::nullopt},
                                           Row{"NoSuchHour", "Sun, 06 Nov 1994 24:49:37 GMT", std::nullopt},
                                           Row{"MereNumber", "20260102", std::nullopt},
                                           Row{"Nothing", "", std::nullopt}),
                         test::kByName);

}  // namespace
}  // namespace alpaca::broker::http

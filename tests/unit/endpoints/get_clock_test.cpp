#include "endpoints/get_clock.hpp"

#include "model/timestamp.hpp"

#include "support/answers.hpp"
#include "support/clock_answers.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::endpoints {
namespace {

using test::answer;
using test::clockBody;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

TEST(GetClockRequest, WarmsAConnection) {
  const std::chrono::steady_clock::time_point since{5s};
  const auto spec = get_clock::request(since);
  EXPECT_STREQ(spec.request.method, "GET");
  EXPECT_EQ(spec.request.target, "/v1/clock");
  EXPECT_EQ(spec.request.warmsUnusedSince, since);
  EXPECT_EQ(spec.urlTemplate, "/v1/clock");
  EXPECT_EQ(spec.idempotency, call::Idempotency::ReadOnly);
  EXPECT_EQ(spec.success, 200);
}

TEST(GetClockResponse, IsTheClock) {
  const auto reading = get_clock::response(answer(200, clockBody("07")));
  ASSERT_TRUE(reading);
  const MarketClock& clock = *reading;
  EXPECT_EQ(clock.timestamp.text, "2024-05-01T09:28:07.5-04:00");
  EXPECT_EQ(model::formatTimestamp(clock.timestamp.time), "2024-05-01T13:28:07.500000000Z");
  EXPECT_FALSE(clock.isOpen);
  EXPECT_EQ(model::formatTimestamp(clock.nextOpen.time), "2024-05-01T13:30:00.000000000Z");
  EXPECT_EQ(model::formatTimestamp(clock.nextClose.time), "2024-05-01T20:00:00.000000000Z");
}

TEST(GetClockResponse, MayHaveFieldsThatAreNew) {
  const auto reading = get_clock::response(answer(200, R"({"timestamp":"2024-05-01T00:00:00Z","is_open":true,"phase":3,
      "next_open":"2024-05-02T00:00:00Z","next_close":"2024-05-01T06:00:00Z"})"));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->isOpen);
}

TEST(GetClockResponse, NoOtherStatusIsAClockWhateverItsBody) {
  for (int status = 200; status < 1000; ++status) {
    EXPECT_EQ(static_cast<bool>(get_clock::response(answer(status, clockBody()))), status == 200) << status;
  }
}

struct BodyRow {
  const char* name;
  const char* body;
};

class NoClock : public ::testing::TestWithParam<BodyRow> {};

TEST_P(NoClock, IsAnErrorEvenAsA200) {
  const auto reading = get_clock::response(answer(200, GetParam().body));
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_EQ(reading.error().httpStatus, 200);
  EXPECT_EQ(reading.error().body, GetParam().body);
  EXPECT_THAT(std::string(get_clock::advice(reading.error())), HasSubstr("whether this network wants a log-in"));
}

INSTANTIATE_TEST_SUITE_P(
    All, NoClock,
    ::testing::Values(
        BodyRow{"Nothing", ""}, BodyRow{"LogInPage", "<html>Welcome to the hotel's network</html>"},
        BodyRow{"EmptyObject", "{}"}, BodyRow{"List", "[]"}, BodyRow{"Null", "null"}, BodyRow{"Text", R"("is_open")"},
        BodyRow{"NoTime", R"({"is_open":true,"next_open":"2024-05-02T00:00:00Z","next_close":"2024-05-01T06:00:00Z"})"},
        BodyRow{"NoState",
                R"({"timestamp":"2024-05-01T00:00:00Z","next_open":"2024-05-02T00:00:00Z",
                    "next_close":"2024-05-01T06:00:00Z"})"},
        BodyRow{"StateAsText",
                R"({"timestamp":"2024-05-01T00:00:00Z","is_open":"true","next_open":"2024-05-02T00:00:00Z",
                    "next_close":"2024-05-01T06:00:00Z"})"},
        BodyRow{"NoNextOpen",
                R"({"timestamp":"2024-05-01T00:00:00Z","is_open":true,"next_close":"2024-05-01T06:00:00Z"})"},
        BodyRow{"NoNextClose",
                R"({"timestamp":"2024-05-01T00:00:00Z","is_open":true,"next_open":"2024-05-02T00:00:00Z"})"},
        BodyRow{"TimeThatIsNone",
                R"({"timestamp":"yesterday","is_open":true,"next_open":"2024-05-02T00:00:00Z",
                    "next_close":"2024-05-01T06:00:00Z"})"},
        BodyRow{"TimeAsNumber",
                R"({"timestamp":1714521600,"is_open":true,"next_open":"2024-05-02T00:00:00Z",
                    "next_close":"2024-05-01T06:00:00Z"})"},
        BodyRow{"CutOff", R"({"timestamp":"2024-05-01T00:00:00Z","is_open":true,"next_open":"2024-05-02T00:)"}),
    test::kByName);

struct StatusRow {
  int status;
  ErrorKind kind;
  const char* advice;
};

class GetClockStatus : public ::testing::TestWithParam<StatusRow> {};

TEST_P(GetClockStatus, SaysWhatToCheck) {
  const StatusRow& row = GetParam();
  const auto reading = get_clock::response(answer(row.status, R"({"message":"no"})"));
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().kind, row.kind);
  EXPECT_EQ(reading.error().httpStatus, row.status);
  EXPECT_EQ(reading.error().brokerMessage, "no");
  EXPECT_THAT(std::string(get_clock::advice(reading.error())), HasSubstr(row.advice));
}

INSTANTIATE_TEST_SUITE_P(Table, GetClockStatus,
                         ::testing::Values(StatusRow{204, ErrorKind::UnexpectedResponse, "not the broker's"},
                                           StatusRow{302, ErrorKind::UnexpectedResponse, "not the broker's"},
                                           StatusRow{400, ErrorKind::BadRequest, "will not help"},
                                           StatusRow{401, ErrorKind::Unauthorized, "check key and secret"},
                                           StatusRow{403, ErrorKind::Forbidden, "check key and secret"},
                                           StatusRow{404, ErrorKind::NotFound, "check ClientOptions::baseUrl"},
                                           StatusRow{408, ErrorKind::ServerError, "safe to read again"},
                                           StatusRow{422, ErrorKind::BadRequest, "will not help"},
                                           StatusRow{425, ErrorKind::ServerError, "safe to read again"},
                                           StatusRow{429, ErrorKind::RateLimited, "retryAfter"},
                                           StatusRow{503, ErrorKind::ServerError, "safe to read again"},
                                           StatusRow{600, ErrorKind::UnexpectedResponse, "not the broker's"}),
                         [](const auto& row) { return "Status" + std::to_string(row.param.status); });

}  // namespace
}  // namespace alpaca::broker::endpoints

#include "core/response_facts.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;
using namespace std::chrono_literals;

// 2026-01-02 03:04:05 UTC
const system_clock::time_point kReceived{seconds(1'767'323'045)};

http::HttpResponse answer(const std::string& headers, int status = 429) {
  return {status, http::HeaderBlock(headers), {}, kReceived};
}

TEST(RequestId, IsFoundInAnyCase) {
  EXPECT_EQ(factsOf(answer("X-Request-ID: abc\r\n")).requestId, "abc");
  EXPECT_EQ(factsOf(answer("x-request-id:abc\r\n")).requestId, "abc");
  EXPECT_EQ(factsOf(answer("Date: x\r\nX-REQUEST-ID:  abc \r\n")).requestId, "abc");
}

TEST(RequestId, IsTheFirstOfSeveral) {
  EXPECT_EQ(factsOf(answer("X-Request-ID: 1\r\nx-request-id: 2\r\n")).requestId, "1");
}

TEST(RequestId, IsEmptyWhenAbsentOrNotPrintable) {
  EXPECT_EQ(factsOf(answer("")).requestId, "");
  EXPECT_EQ(factsOf(answer("X-Request-ID:\r\n")).requestId, "");
  EXPECT_EQ(factsOf(answer("X-Request-Id-2: abc\r\n")).requestId, "");
  EXPECT_EQ(factsOf(answer("X-Request-ID: a\x1b[2J\r\n")).requestId, "");
  EXPECT_EQ(factsOf(answer("X-Request-ID: " + std::string(257, 'a') + "\r\n")).requestId, "");
}

TEST(RateLimitHeaders, AreReadInAnyCase) {
  const auto limit =
      factsOf(answer("X-RateLimit-Limit: 200\r\nx-ratelimit-remaining: 199\r\nX-RATELIMIT-RESET: 1767323100\r\n"))
          .rateLimit;
  ASSERT_TRUE(limit);
  EXPECT_EQ(limit->limit, 200);
  EXPECT_EQ(limit->remaining, 199);
  EXPECT_EQ(limit->resetAt, system_clock::time_point(seconds(1'767'323'100)));
}

TEST(RateLimitHeaders, CountOnlyWhenAllThreeMakeSense) {
  EXPECT_FALSE(factsOf(answer("")).rateLimit);
  EXPECT_FALSE(factsOf(answer("X-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 199\r\n")).rateLimit);
  for (const char* reset : {"", "soon", "-1", "1.5", "99999999999999999999", "9999999999999"}) {
    const std::string headers = "X-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 199\r\nX-RateLimit-Reset: ";
    EXPECT_FALSE(factsOf(answer(headers + reset + "\r\n")).rateLimit) << reset;
  }
  EXPECT_FALSE(factsOf(answer("X-RateLimit-Limit: 99999999999\r\nX-RateLimit-Remaining: 1\r\nX-RateLimit-Reset: 1\r\n"))
                   .rateLimit);
}

struct Row {
  const char* name;
  const char* headers;
  std::optional<milliseconds> wait;
};

class RetryAfterOf : public ::testing::TestWithParam<Row> {};

TEST_P(RetryAfterOf, Is) { EXPECT_EQ(factsOf(answer(GetParam().headers)).retryAfter, GetParam().wait); }

INSTANTIATE_TEST_SUITE_P(
    Headers, RetryAfterOf,
    ::testing::Values(
        Row{"Absent", "", std::nullopt}, Row{"Seconds", "Retry-After: 7\r\n", 7s},
        Row{"Zero", "Retry-After: 0\r\n", 0s}, Row{"OneDay", "retry-after: 86400\r\n", 24h},
        Row{"MoreThanADay", "Retry-After: 86401\r\n", std::nullopt},
        Row{"Absurd", "Retry-After: 99999999999999999999\r\n", std::nullopt},
        Row{"Negative", "Retry-After: -5\r\n", std::nullopt}, Row{"Signed", "Retry-After: +5\r\n", std::nullopt},
        Row{"Fraction", "Retry-After: 1.5\r\n", std::nullopt}, Row{"Words", "Retry-After: soon\r\n", std::nullopt},
        Row{"Empty", "Retry-After:\r\n", std::nullopt},
        Row{"Date", "Retry-After: Fri, 02 Jan 2026 03:04:15 GMT\r\n", 10s},
        Row{"DateByTheServersClock",
            "Date: Fri, 02 Jan 2026 05:00:00 GMT\r\nRetry-After: Fri, 02 Jan 2026 05:00:03 GMT\r\n", 3s},
        Row{"DateAgainstAGarbledClock", "Date: today\r\nRetry-After: Fri, 02 Jan 2026 03:04:15 GMT\r\n", 10s},
        Row{"DateInThePast", "Retry-After: Fri, 02 Jan 2026 03:04:04 GMT\r\n", std::nullopt},
        Row{"DateFarAway", "Retry-After: Sat, 02 Jan 2027 03:04:04 GMT\r\n", std::nullopt},
        Row{"DateBeyondTheClock", "Retry-After: Fri, 02 Jan 9999 03:04:04 GMT\r\n", std::nullopt},
        Row{"Reset", "X-RateLimit-Reset: 1767323055\r\n", 10s},
        Row{"ResetByTheServersClock", "Date: Fri, 02 Jan 2026 03:04:14 GMT\r\nX-RateLimit-Reset: 1767323055\r\n", 1s},
        Row{"ResetInThePast", "X-RateLimit-Reset: 1767323044\r\n", std::nullopt},
        Row{"ResetGarbled", "X-RateLimit-Reset: later\r\n", std::nullopt},
        Row{"SecondsWinOverReset", "X-RateLimit-Reset: 1767323055\r\nRetry-After: 2\r\n", 2s},
        Row{"ResetWhenRetryAfterIsGarbled", "Retry-After: soon\r\nX-RateLimit-Reset: 1767323055\r\n", 10s}),
    test::kByName);

// Every response carries X-RateLimit-Reset: only on 429 does it ask anyone to wait.
TEST(RetryAfter, TakesTheResetOnlyOn429) {
  EXPECT_EQ(factsOf(answer("X-RateLimit-Reset: 1767323055\r\n", 503)).retryAfter, std::nullopt);
  EXPECT_EQ(factsOf(answer("Retry-After: 4\r\n", 503)).retryAfter, 4s);
}

}  // namespace
}  // namespace alpaca::broker::core

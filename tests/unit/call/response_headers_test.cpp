#include "call/response_headers.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::call {
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
  EXPECT_EQ(readHeaders(answer("X-Request-ID: abc\r\n")).requestId, "abc");
  EXPECT_EQ(readHeaders(answer("x-request-id:abc\r\n")).requestId, "abc");
  EXPECT_EQ(readHeaders(answer("Date: x\r\nX-REQUEST-ID:  abc \r\n")).requestId, "abc");
}

TEST(RequestId, IsTheFirstOfSeveral) {
  EXPECT_EQ(readHeaders(answer("X-Request-ID: 1\r\nx-request-id: 2\r\n")).requestId, "1");
}

TEST(RequestId, IsEmptyWhenAbsent) {
  EXPECT_EQ(readHeaders(answer("")).requestId, "");
  EXPECT_EQ(readHeaders(answer("X-Request-ID:\r\n")).requestId, "");
  EXPECT_EQ(readHeaders(answer("X-Request-Id-2: abc\r\n")).requestId, "");
}

std::string printable(std::string id) {
  makePrintable(id);
  return id;
}

TEST(RequestId, ThatIsNotPrintableIsNotDropped) {
  EXPECT_EQ(printable("a\x1b[2J"), "a?[2J");
  EXPECT_EQ(printable("caf\xC3\xA9\x7f\x9b"), "caf????");
}

TEST(RequestId, ThatIsTooLongKeepsItsBeginning) {
  EXPECT_EQ(printable(std::string(256, 'a')), std::string(256, 'a'));
  EXPECT_EQ(printable(std::string(257, 'a')), std::string(256, 'a') + "... (cut)");
}

TEST(RateLimitHeaders, AreReadInAnyCase) {
  const auto limit =
      readHeaders(answer("X-RateLimit-Limit: 200\r\nx-ratelimit-remaining: 199\r\nX-RATELIMIT-RESET: 1767323100\r\n"))
          .rateLimit;
  ASSERT_TRUE(limit);
  EXPECT_EQ(limit->limit, 200);
  EXPECT_EQ(limit->remaining, 199);
  EXPECT_EQ(limit->resetAt, system_clock::time_point(seconds(1'767'323'100)));
}

TEST(RateLimitHeaders, CountOnlyWhenAllThreeMakeSense) {
  EXPECT_FALSE(readHeaders(answer("")).rateLimit);
  EXPECT_FALSE(readHeaders(answer("X-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 199\r\n")).rateLimit);
  for (const char* reset :
       {"", "soon", "-1", "1.", ".5", "99999999999999999999", "9999999999999", "86401", "999999999", "17673231000"}) {
    const std::string headers = "X-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 199\r\nX-RateLimit-Reset: ";
    EXPECT_FALSE(readHeaders(answer(headers + reset + "\r\n")).rateLimit) << reset;
  }
  EXPECT_FALSE(
      readHeaders(answer("X-RateLimit-Limit: 99999999999\r\nX-RateLimit-Remaining: 1\r\nX-RateLimit-Reset: 1\r\n"))
          .rateLimit);
}

struct Row {
  const char* name;
  const char* headers;
  std::optional<milliseconds> wait;
};

class RetryAfterOf : public ::testing::TestWithParam<Row> {};

TEST_P(RetryAfterOf, Is) { EXPECT_EQ(readHeaders(answer(GetParam().headers)).retryAfter, GetParam().wait); }

INSTANTIATE_TEST_SUITE_P(
    Headers, RetryAfterOf,
    ::testing::Values(
        Row{"Absent", "", std::nullopt}, Row{"Seconds", "Retry-After: 7\r\n", 7s},
        Row{"Zero", "Retry-After: 0\r\n", 0s}, Row{"OneDay", "retry-after: 86400\r\n", 24h},
        Row{"MoreThanADay", "Retry-After: 100000\r\n", 100'000s},
        Row{"Absurd", "Retry-After: 99999999999999999999\r\n", 24h * 365},
        Row{"Negative", "Retry-After: -5\r\n", std::nullopt}, Row{"Signed", "Retry-After: +5\r\n", std::nullopt},
        Row{"Fraction", "Retry-After: 1.5\r\n", 1500ms}, Row{"Milliseconds", "Retry-After: 299.997\r\n", 299'997ms},
        Row{"RoundedUp", "Retry-After: 0.2000001\r\n", 201ms}, Row{"NoFraction", "Retry-After: 1.\r\n", std::nullopt},
        Row{"NoWhole", "Retry-After: .5\r\n", std::nullopt}, Row{"TwoPoints", "Retry-After: 1.5.1\r\n", std::nullopt},
        Row{"Exponent", "Retry-After: 1e3\r\n", std::nullopt}, Row{"Words", "Retry-After: soon\r\n", std::nullopt},
        Row{"Empty", "Retry-After:\r\n", std::nullopt},
        Row{"Date", "Retry-After: Fri, 02 Jan 2026 03:04:15 GMT\r\n", 10s},
        Row{"DateByTheServersClock",
            "Date: Fri, 02 Jan 2026 05:00:00 GMT\r\nRetry-After: Fri, 02 Jan 2026 05:00:03 GMT\r\n", 3s},
        Row{"DateAgainstAGarbledClock", "Date: today\r\nRetry-After: Fri, 02 Jan 2026 03:04:15 GMT\r\n", 10s},
        Row{"DateInThePast", "Retry-After: Fri, 02 Jan 2026 03:04:04 GMT\r\n", std::nullopt},
        Row{"DateFarAway", "Retry-After: Sun, 02 Jan 2028 03:04:04 GMT\r\n", 24h * 365},
        Row{"DateBeyondTheClock", "Retry-After: Fri, 02 Jan 9999 03:04:04 GMT\r\n", std::nullopt},
        Row{"Reset", "X-RateLimit-Reset: 1767323055\r\n", 10s},
        Row{"ResetByTheServersClock", "Date: Fri, 02 Jan 2026 03:04:14 GMT\r\nX-RateLimit-Reset: 1767323055\r\n", 1s},
        Row{"ResetInThePast", "X-RateLimit-Reset: 1767323044\r\n", std::nullopt},
        Row{"ResetGarbled", "X-RateLimit-Reset: later\r\n", std::nullopt},
        Row{"SecondsWinOverReset", "X-RateLimit-Reset: 1767323055\r\nRetry-After: 2\r\n", 2s},
        Row{"ResetOfTheIetf", "RateLimit-Reset: 9\r\n", 9s},
        Row{"XResetWins", "RateLimit-Reset: 9\r\nX-RateLimit-Reset: 3\r\n", 3s},
        Row{"ResetWhenRetryAfterIsGarbled", "Retry-After: soon\r\nX-RateLimit-Reset: 1767323055\r\n", 10s}),
    test::kByName);

struct Reset {
  const char* name;
  const char* headers;
  std::optional<milliseconds> in;  ///< empty: no limit is reported
};

class RateLimitOf : public ::testing::TestWithParam<Reset> {};

TEST_P(RateLimitOf, IsReadWhereItIsUnambiguous) {
  const auto limit = readHeaders(answer(GetParam().headers)).rateLimit;
  ASSERT_EQ(limit.has_value(), GetParam().in.has_value());
  if (!limit) return;
  EXPECT_EQ(limit->limit, 200);
  EXPECT_EQ(limit->remaining, 7);
  EXPECT_EQ(limit->resetIn, *GetParam().in);
  EXPECT_EQ(limit->resetAt, kReceived + *GetParam().in);
}

#define X_HEADERS "X-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 7\r\nX-RateLimit-Reset: "
#define IETF_HEADERS "RateLimit-Limit: 200\r\nRateLimit-Remaining: 7\r\nRateLimit-Reset: "

INSTANTIATE_TEST_SUITE_P(
    Headers, RateLimitOf,
    ::testing::Values(
        Reset{"UnixSeconds", X_HEADERS "1767323055\r\n", 10s},
        Reset{"UnixSecondsWithAFraction", X_HEADERS "1767323055.25\r\n", 10'250ms},
        Reset{"UnixMilliseconds", X_HEADERS "1767323055250\r\n", 10'250ms},
        Reset{"DeltaSeconds", X_HEADERS "30\r\n", 30s}, Reset{"DeltaOfADay", X_HEADERS "86400\r\n", 24h},
        Reset{"DeltaWithAFraction", X_HEADERS "1.5\r\n", 1500ms}, Reset{"DeltaOfZero", X_HEADERS "0\r\n", 0ms},
        Reset{"Rfc3339", X_HEADERS "2026-01-02T03:04:15Z\r\n", 10s},
        Reset{"Rfc3339WithAnOffset", X_HEADERS "2026-01-01T22:04:15-05:00\r\n", 10s},
        Reset{"HttpDate", X_HEADERS "Fri, 02 Jan 2026 03:04:15 GMT\r\n", 10s},
        Reset{"NeitherDeltaNorMoment", X_HEADERS "90000\r\n", std::nullopt},
        Reset{"ElevenDigits", X_HEADERS "17673230550\r\n", std::nullopt},
        Reset{"Words", X_HEADERS "soon\r\n", std::nullopt}, Reset{"Negative", X_HEADERS "-30\r\n", std::nullopt},
        Reset{"Ietf", IETF_HEADERS "30\r\n", 30s},
        Reset{"IetfWithPolicies", "RateLimit-Limit: 200, 200;w=60\r\nRateLimit-Remaining: 7\r\nRateLimit-Reset: 30\r\n",
              30s},
        Reset{"IetfDictionary", "RateLimit: limit=200, remaining=7, reset=30\r\n", 30s},
        Reset{"IetfItem", "RateLimit: \"default\";r=7;t=30\r\nRateLimit-Policy: \"default\";q=200;w=60\r\n", 30s},
        Reset{"IetfItemOfAnotherPolicy",
              "RateLimit: \"default\";r=7;t=30\r\nRateLimit-Policy: \"daily\";q=200;w=60\r\n", std::nullopt},
        Reset{"IetfItemWithoutAPolicy", "RateLimit: \"default\";r=7;t=30\r\n", std::nullopt},
        Reset{"IetfSeveralPolicies",
              "RateLimit: \"a\";r=7;t=30, \"b\";r=9;t=5\r\nRateLimit-Policy: \"a\";q=200;w=60\r\n", std::nullopt},
        Reset{"XWins", "RateLimit-Limit: 1\r\nRateLimit-Remaining: 1\r\nRateLimit-Reset: 1\r\n" X_HEADERS "30\r\n",
              30s},
        Reset{"IetfWhereXIsGarbled", X_HEADERS "soon\r\n" IETF_HEADERS "30\r\n", 30s},
        Reset{"NoMix", "X-RateLimit-Limit: 200\r\nX-RateLimit-Remaining: 7\r\nRateLimit-Reset: 30\r\n", std::nullopt}),
    test::kByName);

#undef X_HEADERS
#undef IETF_HEADERS

// Every response carries X-RateLimit-Reset, but only a 429 asks the caller to wait.
TEST(RetryAfter, TakesTheResetOnlyOn429) {
  EXPECT_EQ(readHeaders(answer("X-RateLimit-Reset: 1767323055\r\n", 503)).retryAfter, std::nullopt);
  EXPECT_EQ(readHeaders(answer("Retry-After: 4\r\n", 503)).retryAfter, 4s);
}

}  // namespace
}  // namespace alpaca::broker::call

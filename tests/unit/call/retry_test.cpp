#include "call/retry.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <vector>

namespace alpaca::broker::call {
namespace {

using http::Failure;
using namespace std::chrono_literals;

constexpr CallProgress kPlentyLeft{1, 3, 10s};

RetryDecision decide(const AttemptEnd& end, Idempotency idempotency, const CallProgress& progress = kPlentyLeft,
                     double random = 0.5) {
  return decideRetry(end, progress, idempotency, RetryOptions{}, random);
}

struct Row {
  const char* name;
  AttemptEnd end;
  bool whenIdempotent;
  bool whenOnce;
};

class RetryOf : public ::testing::TestWithParam<Row> {};

// Each row of the outcome table: is the failure retried, for a repeatable request and for one that must be sent once?
TEST_P(RetryOf, FollowsTheTable) {
  EXPECT_EQ(decide(GetParam().end, Idempotency::Idempotent).again, GetParam().whenIdempotent);
  EXPECT_EQ(decide(GetParam().end, Idempotency::Once).again, GetParam().whenOnce);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RetryOf,
    ::testing::Values(
        Row{"Busy", {0, Failure::NoFreeConnection, 0, {}}, true, true},
        Row{"Dns", {0, Failure::NameNotResolved, 0, {}}, true, true},
        Row{"Refused", {0, Failure::ConnectFailed, 0, {}}, true, true},
        Row{"ConnectTimeout", {0, Failure::TimedOut, 0, {}}, true, true},
        Row{"TlsHandshake", {0, Failure::TlsHandshakeFailed, 0, {}}, true, true},
        Row{"Certificate", {0, Failure::TlsNotAcceptable, 0, {}}, false, false},
        Row{"ProxyRefused", {0, Failure::ProxyRefused, 0, {}}, false, false},
        Row{"ProxyUnavailable", {0, Failure::ProxyUnavailable, 0, {}}, true, true},
        Row{"Setup", {0, Failure::SetupFailed, 0, {}}, true, true},
        Row{"LostBeforeSending", {0, Failure::ConnectionLost, 0, {}}, true, true},
        Row{"Silence", {0, Failure::TimedOut, 1, {}}, true, false},
        Row{"Lost", {0, Failure::ConnectionLost, 1, {}}, true, false},
        Row{"ResendPrevented", {0, Failure::ResendPrevented, 1, {}}, true, false},
        Row{"Unreadable", {0, Failure::UnreadableAnswer, 1, {}}, true, false},
        Row{"StopBeforeSending", {0, Failure::Aborted, 0, {}}, false, false},
        Row{"StopAfterSending", {0, Failure::Aborted, 1, {}}, false, false},
        Row{"Status200", {200, {}, 1, {}}, false, false}, Row{"Status204", {204, {}, 1, {}}, false, false},
        Row{"Status207", {207, {}, 1, {}}, false, false}, Row{"Status302", {302, {}, 1, {}}, false, false},
        Row{"Status400", {400, {}, 1, {}}, false, false}, Row{"Status401", {401, {}, 1, {}}, false, false},
        Row{"Status403", {403, {}, 1, {}}, false, false}, Row{"Status404", {404, {}, 1, {}}, false, false},
        Row{"Status408", {408, {}, 1, {}}, true, true}, Row{"Status409", {409, {}, 1, {}}, false, false},
        Row{"Status422", {422, {}, 1, {}}, false, false}, Row{"Status425", {425, {}, 1, {}}, true, true},
        Row{"Status429", {429, {}, 1, {}}, true, true}, Row{"Status500", {500, {}, 1, {}}, true, false},
        Row{"Status501", {501, {}, 1, {}}, false, false}, Row{"Status502", {502, {}, 1, {}}, true, false},
        Row{"Status503", {503, {}, 1, {}}, true, false}, Row{"Status504", {504, {}, 1, {}}, true, false},
        Row{"Status505", {505, {}, 1, {}}, false, false}),
    test::kByName);

const AttemptEnd kBadGateway{502, Failure::None, 1, {}};

TEST(Retry, BacksOffWithFullJitterThatDoublesUpToTheCap) {
  const auto wait = [](int attempts, double random) {
    return decide(kBadGateway, Idempotency::Idempotent, {attempts, 100, 10s}, random).wait;
  };
  EXPECT_EQ(wait(1, 0.0), 0ms);
  EXPECT_EQ(wait(1, 1.0), 50ms);
  EXPECT_EQ(wait(2, 1.0), 100ms);
  EXPECT_EQ(wait(3, 1.0), 200ms);
  EXPECT_EQ(wait(5, 1.0), 800ms);
  EXPECT_EQ(wait(6, 1.0), 1000ms);
  EXPECT_EQ(wait(99, 1.0), 1000ms);
  EXPECT_EQ(wait(2, 0.5), 50ms);
}

TEST(Retry, GoesOnAtOnceAfterADeadReusedConnection) {
  const auto decision = decide({0, Failure::ResendPrevented, 1, {}}, Idempotency::Idempotent);
  EXPECT_EQ(decision.wait, 0ms);
  EXPECT_EQ(decision.reason, "connection died");
}

TEST(Retry, WaitsAsLongAsTheBrokerAsksAndALittleMore) {
  const auto decision = decide({429, Failure::None, 1, 2s}, Idempotency::Idempotent);
  EXPECT_EQ(decision.wait, 2025ms);
  EXPECT_EQ(decision.reason, "retry-after");
}

TEST(Retry, ReturnsAtOnceWhenTheWaitDoesNotFitTheDeadline) {
  const auto decision = decide({429, Failure::None, 1, 11s}, Idempotency::Idempotent);
  EXPECT_FALSE(decision.again);
  EXPECT_EQ(decision.reason, "deadline");
  EXPECT_FALSE(decide(kBadGateway, Idempotency::Idempotent, {1, 3, 0ms}, 0.0).again);
  EXPECT_FALSE(decide({0, Failure::ResendPrevented, 1, {}}, Idempotency::Idempotent, {1, 3, -5ms}).again);
}

TEST(Retry, EndsWithTheLastAttempt) {
  EXPECT_TRUE(decide(kBadGateway, Idempotency::Idempotent, {2, 3, 10s}).again);
  const auto decision = decide(kBadGateway, Idempotency::Idempotent, {3, 3, 10s});
  EXPECT_FALSE(decision.again);
  EXPECT_EQ(decision.reason, "attempts used up");
}

TEST(Retry, GivesAReasonForEveryDecision) {
  EXPECT_EQ(decide({422, {}, 1, {}}, Idempotency::Idempotent).reason, "final");
  EXPECT_EQ(decide(kBadGateway, Idempotency::Once).reason, "not idempotent");
  EXPECT_EQ(decide(kBadGateway, Idempotency::Idempotent).reason, "back-off");
}

struct TimeRow {
  const char* name;
  std::chrono::milliseconds left;
  int attempts;
  bool mayRetry;
  std::optional<std::chrono::milliseconds> ofCall;
  std::chrono::milliseconds time;
};

class TimeFor : public ::testing::TestWithParam<TimeRow> {};

// With the default options: 5 s for an attempt, and a first wait of up to 50 ms, then 100 ms.
TEST_P(TimeFor, AnAttemptFollowsTheTable) {
  const TimeRow& row = GetParam();
  EXPECT_EQ(timeForAttempt({row.left, row.attempts, row.mayRetry}, row.ofCall, ClientOptions{}), row.time);
}

INSTANTIATE_TEST_SUITE_P(Table, TimeFor,
                         ::testing::Values(TimeRow{"Default", 10s, 0, true, {}, 5s},
                                           TimeRow{"DefaultSecond", 4'950ms, 1, true, {}, 3'300ms},
                                           TimeRow{"DefaultThird", 1'500ms, 2, false, {}, 1'500ms},
                                           TimeRow{"ShortDeadline", 600ms, 0, true, {}, 400ms},
                                           TimeRow{"ShortDeadlineLastAttempt", 600ms, 0, false, {}, 600ms},
                                           TimeRow{"JustEnoughForARetry", 300ms, 0, true, {}, 200ms},
                                           TimeRow{"TooLittleForARetry", 299ms, 0, true, {}, 299ms},
                                           TimeRow{"JustEnoughForASecondRetry", 600ms, 1, true, {}, 400ms},
                                           TimeRow{"TooLittleForASecondRetry", 599ms, 1, true, {}, 599ms},
                                           TimeRow{"ShareAboveTheTimeOut", 9s, 0, true, {}, 5s},
                                           TimeRow{"NoTime", 0ms, 0, true, {}, 0ms},
                                           TimeRow{"PastTheDeadline", -3s, 0, true, {}, -3s},
                                           TimeRow{"OfTheCall", 10s, 0, true, 100ms, 100ms},
                                           TimeRow{"OfTheCallAboveThatOfTheClient", 10s, 0, true, 8s, 8s},
                                           TimeRow{"OfTheCallAsLongAsTheDeadline", 600ms, 0, true, 600ms, 600ms},
                                           TimeRow{"OfTheCallBeyondTheDeadline", 600ms, 0, true, 24h, 600ms}),
                         test::kByName);

TEST(RetryBudgetTest, IsSpentByRetriesAndEarnedByAnswers) {
  RetryBudget budget(2);
  EXPECT_TRUE(budget.take());
  EXPECT_TRUE(budget.take());
  EXPECT_FALSE(budget.take());
  EXPECT_TRUE(budget.isEmpty());
  for (int i = 0; i < 9; ++i) budget.putBack();
  EXPECT_FALSE(budget.take());
  budget.putBack();
  EXPECT_FALSE(budget.isEmpty());
  EXPECT_TRUE(budget.take());
  EXPECT_FALSE(budget.take());
}

TEST(RetryBudgetTest, NeverHoldsMoreThanItBeganWith) {
  RetryBudget budget(1);
  for (int i = 0; i < 100; ++i) budget.putBack();
  EXPECT_TRUE(budget.take());
  EXPECT_FALSE(budget.take());
}

TEST(RetryBudgetTest, OfZeroAllowsNoRetry) { EXPECT_FALSE(RetryBudget(0).take()); }

TEST(RetryBudgetTest, IsNotOverspentByThreads) {
  RetryBudget budget(100);
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 50; ++j) taken += budget.take() ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, 100);
}

}  // namespace
}  // namespace alpaca::broker::call

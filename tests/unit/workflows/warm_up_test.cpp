#include "workflows/warm_up.hpp"

#include "support/clock_answers.hpp"
#include "support/fake_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using test::answered;
using test::clockBody;
using test::failed;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

class WarmUpOf : public ::testing::Test {
 protected:
  WarmUpOf() {
    options.retry.maxAttempts = 1;
    log.now += 1h;
    log.cold = [this](http::TimePoint) { return cold; };
  }

  // `coldAtFirst` of the wanted connections are cold. Each answered exchange warms one.
  Result<WarmUpReport> warmUp(int wanted, std::size_t coldAtFirst, std::vector<http::Exchange> exchanges) {
    cold = coldAtFirst;
    log.answer = [this, play = test::script(std::move(exchanges))](const http::HttpRequest& request) {
      http::Exchange exchange = play(request);
      if (exchange.response) --cold;
      return exchange;
    };
    return workflows::warmUp(pipeline(), wanted, call);
  }

  call::CallPipeline& pipeline() {
    if (!pipeline_) pipeline_ = test::sharedPipeline(log, options);
    return *pipeline_;
  }

  static http::Exchange clock(const std::string& second = "00", const std::string& headers = {}) {
    return answered(200, clockBody(second), headers);
  }

  std::size_t cold = 0;
  ClientOptions options;
  CallOptions call;
  test::FakeTransport::Log log;

 private:
  std::shared_ptr<call::CallPipeline> pipeline_;
};

TEST_F(WarmUpOf, AsksOnEveryColdConnection) {
  const auto warm = warmUp(3, 3, {clock(), clock(), clock()});
  ASSERT_TRUE(warm);
  EXPECT_TRUE(warm->allWarm());
  EXPECT_EQ(warm->requested, 3);
  EXPECT_EQ(warm->warm, 3);
  EXPECT_THAT(warm->failures, IsEmpty());
  EXPECT_EQ(warm.call().attempts, 3);
  EXPECT_EQ(warm.call().sends, 3);
  EXPECT_THAT(log.requests, AllOf(SizeIs(3), Each(Eq("GET /v1/clock"))));
  // A connection that was last used before this call may have been closed since.
  EXPECT_THAT(log.warmings, Each(Eq(call::CallPipeline::Clock::time_point{} + 1h)));
}

TEST_F(WarmUpOf, LeavesConnectionsThatAreInUseAlone) {
  const auto warm = warmUp(5, 2, {clock(), clock()});
  ASSERT_TRUE(warm);
  EXPECT_EQ(warm->warm, 5);
  EXPECT_TRUE(warm->allWarm());
  EXPECT_THAT(log.requests, SizeIs(2));
}

TEST_F(WarmUpOf, AsksNothingWhenEnoughAreInUse) {
  const auto warm = warmUp(5, 0, {});
  ASSERT_TRUE(warm);
  EXPECT_TRUE(warm->allWarm());
  EXPECT_FALSE(warm->clock);
  EXPECT_EQ(warm.call().attempts, 0);
  EXPECT_THAT(log.requests, IsEmpty());
}

TEST_F(WarmUpOf, TellsTheLatestClockWithTheAnswerThatHadIt) {
  const auto warm = warmUp(3, 3,
                           {clock("10", "X-Request-ID: first\r\n"), clock("12", "X-Request-ID: last\r\n"),
                            clock("11", "X-Request-ID: middle\r\n")});
  ASSERT_TRUE(warm);
  EXPECT_EQ(warm->clock->timestamp.text, "2024-05-01T09:28:12.5-04:00");
  EXPECT_FALSE(warm->clock->isOpen);
  EXPECT_EQ(warm.call().requestId, "last");
}

TEST_F(WarmUpOf, IsNotSaidToBeCompleteWhenItIsNot) {
  const auto warm = warmUp(3, 3, {clock(), failed(http::Failure::ConnectFailed, 0, "refused"), clock()});
  ASSERT_TRUE(warm);
  EXPECT_FALSE(warm->allWarm());
  EXPECT_EQ(warm->warm, 2);
  ASSERT_THAT(warm->failures, SizeIs(1));
  EXPECT_EQ(warm->failures[0].kind, ErrorKind::NotSent);
  EXPECT_THAT(warm->failures[0].message, HasSubstr("refused"));
  EXPECT_EQ(warm.call().attempts, 3);
  EXPECT_EQ(warm.call().sends, 2);
}

TEST_F(WarmUpOf, DoesNotCountAConnectionThatLeadsToSomethingElse) {
  const auto warm = warmUp(2, 2, {clock(), answered(200, "<html>Log in</html>")});
  ASSERT_TRUE(warm);
  EXPECT_EQ(cold, 0U);  // the transport cannot tell that the answer came from something else
  EXPECT_EQ(warm->warm, 1);
  EXPECT_FALSE(warm->allWarm());
  EXPECT_EQ(warm->failures.at(0).kind, ErrorKind::UnexpectedResponse);
}

TEST_F(WarmUpOf, DoesNotCountAConnectionThatWasLostMeanwhile) {
  int looks = 0;
  log.cold = [&](http::TimePoint) { return ++looks == 1 ? 2U : 1U; };
  const auto warm = warmUp(4, 2, {clock(), clock()});
  ASSERT_TRUE(warm);
  EXPECT_EQ(warm->warm, 3);
  EXPECT_THAT(warm->failures, IsEmpty());
  EXPECT_FALSE(warm->allWarm());
}

TEST_F(WarmUpOf, IsAnErrorWhenTheCredentialsAreRefusedOnAnyConnection) {
  for (const auto& [status, kind] : {std::pair(401, ErrorKind::Unauthorized), std::pair(403, ErrorKind::Forbidden)}) {
    const auto warm = warmUp(3, 3, {clock(), answered(status, "{}", "X-Request-ID: refused\r\n"), clock()});
    ASSERT_FALSE(warm) << status;
    EXPECT_EQ(warm.error().kind, kind);
    EXPECT_EQ(warm.error().call.requestId, "refused");
    EXPECT_EQ(warm.error().call.attempts, 3);
    EXPECT_EQ(warm.error().call.sends, 3);
  }
}

TEST_F(WarmUpOf, IsAnErrorWhenNoConnectionIsAnsweredOn) {
  const auto warm = warmUp(3, 2, {failed(http::Failure::TimedOut, 1), failed(http::Failure::TimedOut, 1)});
  ASSERT_FALSE(warm);  // one connection was in use, but nothing proves that it leads to the broker
  EXPECT_EQ(warm.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(warm.error().call.attempts, 2);
  EXPECT_EQ(warm.error().call.sends, 2);
  EXPECT_FALSE(warm.error().maybeApplied);
}

TEST_F(WarmUpOf, FindsAPageThatIsNotTheBrokers) {
  const auto warm = warmUp(1, 1, {answered(200, "<html>Log in</html>")});
  ASSERT_FALSE(warm);
  EXPECT_EQ(warm.error().kind, ErrorKind::UnexpectedResponse);
  EXPECT_THAT(warm.error().message, HasSubstr("whether this network wants a log-in"));
}

TEST_F(WarmUpOf, TriesAgainLikeAnyRead) {
  options.retry.maxAttempts = 2;
  const auto warm = warmUp(1, 1, {failed(http::Failure::ConnectionLost, 1), clock()});
  ASSERT_TRUE(warm);
  EXPECT_EQ(warm.call().attempts, 2);
  EXPECT_THAT(log.warmings, AllOf(SizeIs(2), Each(Eq(call::CallPipeline::Clock::time_point{} + 1h))));
}

TEST_F(WarmUpOf, KeepsWithinTheRateLimit) {
  constexpr const char* kOneLeft =
      "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: 1\r\nX-RateLimit-Reset: 30\r\n"
      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
  ASSERT_TRUE(warmUp(1, 1, {clock("00", kOneLeft)}));
  const auto late = warmUp(1, 1, {clock()});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(late.error().retryAfter, 30s);
  EXPECT_THAT(log.requests, SizeIs(1));
}

TEST_F(WarmUpOf, IsStoppedByItsStopHandle) {
  StopSource stop;
  stop.requestStop();
  call.stop = stop.token();
  const auto warm = warmUp(1, 1, {failed(http::Failure::Aborted, 0)});
  ASSERT_FALSE(warm);
  EXPECT_EQ(warm.error().kind, ErrorKind::Aborted);
}

TEST_F(WarmUpOf, RefusesWhatCannotBeOpened) {
  options.maxConnections = 4;
  for (const int connections : {0, -1, 5}) {
    const auto warm = warmUp(connections, 4, {});
    ASSERT_FALSE(warm) << connections;
    EXPECT_EQ(warm.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(warm.error().message, "warmUp's number of connections is " + std::to_string(connections) +
                                        "; accepted: 1 to 4 (ClientOptions::maxConnections). Nothing was sent.");
  }
  EXPECT_TRUE(warmUp(4, 0, {}));
  call.deadline = 0ms;
  EXPECT_THAT(warmUp(1, 1, {}).error().message,
              AllOf(HasSubstr("CallOptions::deadline is 0 ms"), HasSubstr(". Nothing was sent.")));
  EXPECT_THAT(log.requests, IsEmpty());
}

}  // namespace
}  // namespace alpaca::broker::workflows

#include "workflows/cancel_and_confirm.hpp"
#include "workflows/cancel_follower.hpp"

#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/order_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <new>
#include <string>

namespace alpaca::broker::workflows {
namespace {

using test::account;
using test::answered;
using test::failed;
using test::order;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

http::Exchange read(const std::string& status, const std::string& more = {}) {
  return answered(200, test::orderBody(status, order().str(), more));
}

const http::Exchange kSilence = failed(http::Failure::TimedOut, 1);
const http::Exchange kRefusal = answered(422, R"({"code":42210000,"message":"no"})");

// A broker that answers cancels and reads from two queues. The last answer of each repeats.
class CancelAndConfirm : public ::testing::Test {
 protected:
  CancelAndConfirm() {
    client.retry.maxAttempts = 1;
    options.call.deadline = 10s;
    log.answer = [this](const http::HttpRequest& request) {
      const bool isRead = std::string(request.method) == "GET";
      auto& answers = isRead ? reads : cancels;
      http::Exchange answer = answers.at(0);
      if (answers.size() > 1) answers.pop_front();
      ++(isRead ? readsSent : cancelsSent);
      return answer;
    };
  }

  Result<CancelConfirmation> run() {
    call::CallPipeline pipeline = test::makePipeline(log, client);
    return cancelAndConfirm(pipeline, account(), order(), options);
  }

  ClientOptions client;
  ConfirmOptions options;
  std::deque<http::Exchange> cancels{answered(204, "", "X-Request-ID: of-the-cancel\r\n")};
  std::deque<http::Exchange> reads{read("canceled")};
  int cancelsSent = 0;
  int readsSent = 0;
  test::FakeTransport::Log log;
};

TEST_F(CancelAndConfirm, FollowsAnAcceptedCancelToItsEnd) {
  reads = {read("pending_cancel"), read("pending_cancel"), read("canceled", R"(,"filled_qty":"3")")};
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_EQ(result->order->filledQty.str(), "3");
  EXPECT_EQ(result->reads, 3);
  EXPECT_EQ(result.call().sends, 1);
  EXPECT_EQ(result.call().requestId, "of-the-cancel");
  EXPECT_EQ(result->readError, std::nullopt);
}

TEST_F(CancelAndConfirm, TellsThatTheFillCameFirst) {
  reads = {read("filled", R"(,"filled_qty":"10")")};
  const auto result = run();
  EXPECT_EQ(result->outcome, CancelOutcome::Filled);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_EQ(result->order->filledQty.str(), "10");
}

TEST_F(CancelAndConfirm, TellsWhatReplacedTheOrder) {
  reads = {read("replaced", R"(,"replaced_by":"61e69015-8549-4bfd-b9c3-0000000000ff")")};
  const auto result = run();
  EXPECT_EQ(result->outcome, CancelOutcome::Replaced);
  EXPECT_EQ(result->order->replacedBy, order("61e69015-8549-4bfd-b9c3-0000000000ff"));
}

TEST_F(CancelAndConfirm, IsPendingAtTheDeadlineAndThatIsNoError) {
  reads = {read("pending_cancel")};
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Pending);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_LE(log.now, call::CallPipeline::Clock::time_point(10s));
}

TEST_F(CancelAndConfirm, BacksOffAndReadsOnceMoreShortlyBeforeTheDeadline) {
  reads = {read("pending_cancel")};
  static_cast<void>(run());
  ASSERT_GE(log.pauses.size(), 8U);
  EXPECT_EQ(log.pauses[0], 50ms);
  EXPECT_EQ(log.pauses[1], 100ms);
  EXPECT_EQ(log.pauses[5], 1'000ms);
  EXPECT_EQ(log.pauses[6], 1'000ms);
  EXPECT_EQ(log.now, call::CallPipeline::Clock::time_point(10s - 50ms));
  EXPECT_EQ(readsSent, static_cast<int>(log.pauses.size()));
}

TEST_F(CancelAndConfirm, NeverTakesAnAcceptedCancelForFailedBecauseOfAReadThatFailed) {
  for (const auto& failure : {answered(404), answered(401), answered(502), answered(200, "<html>"), kSilence,
                              failed(http::Failure::ConnectFailed, 0), failed(http::Failure::Aborted, 0)}) {
    reads = {failure};
    log.now = {};
    const auto result = run();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, CancelOutcome::Pending);
    EXPECT_TRUE(result->cancelAccepted);
    EXPECT_TRUE(result->readError);
    EXPECT_FALSE(result->order);
  }
}

TEST_F(CancelAndConfirm, ReadsOnAfterAReadThatMayYetSucceed) {
  reads = {answered(502), kSilence, read("canceled")};
  const auto result = run();
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_FALSE(result->readError);
}

TEST_F(CancelAndConfirm, ResolvesADoubtByReadingAtOnce) {
  cancels = {kSilence};
  reads = {read("canceled")};
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_FALSE(result->cancelAccepted);
  EXPECT_EQ(result->cancelError->kind, ErrorKind::InDoubt);
  EXPECT_TRUE(log.pauses.empty());
}

TEST_F(CancelAndConfirm, CancelsAgainWhileTheDoubtfulOrderIsOpen) {
  cancels = {kSilence, answered(204)};
  reads = {read("new"), read("pending_cancel"), read("canceled")};
  const auto result = run();
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_TRUE(result->cancelAccepted);
  EXPECT_FALSE(result->cancelError);
  EXPECT_EQ(cancelsSent, 2);
  EXPECT_EQ(result.call().sends, 2);
}

TEST_F(CancelAndConfirm, TakesWhatIsBeingCanceledForPendingEvenInDoubt) {
  cancels = {kSilence};
  reads = {read("pending_cancel")};
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Pending);
  EXPECT_FALSE(result->cancelAccepted);
  EXPECT_EQ(cancelsSent, 1);
}

TEST_F(CancelAndConfirm, StaysInDoubtWhenTheOrderCannotBeRead) {
  cancels = {kSilence};
  reads = {answered(502)};
  const auto result = run();
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(result.error().call.sends, 1);
}

TEST_F(CancelAndConfirm, StaysInDoubtWhenEveryCancelDoes) {
  cancels = {kSilence};
  reads = {read("new")};
  const auto result = run();
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_EQ(cancelsSent, 3);
  EXPECT_EQ(result.error().call.sends, 3);
  EXPECT_THAT(result.error().message, HasSubstr("Read afterwards, the order was not final: \"new\"."));
}

TEST_F(CancelAndConfirm, KeepsTheDoubtWhenALaterCancelWasNotSent) {
  cancels = {kSilence, failed(http::Failure::ConnectFailed, 0)};
  reads = {read("new")};
  EXPECT_EQ(run().error().kind, ErrorKind::InDoubt);
}

TEST_F(CancelAndConfirm, ExplainsARefusalByTheOrder) {
  cancels = {kRefusal};
  reads = {read("filled", R"(,"filled_qty":"10")")};
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Filled);
  EXPECT_FALSE(result->cancelAccepted);
  EXPECT_EQ(result->cancelError->kind, ErrorKind::NotCancelable);
}

TEST_F(CancelAndConfirm, WaitsForAReplacementAndCancelsWhatComesOfIt) {
  cancels = {kRefusal, answered(204)};
  reads = {read("pending_replace"), read("new"), read("canceled")};
  const auto result = run();
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_EQ(cancelsSent, 2);
}

TEST_F(CancelAndConfirm, SaysWhenTheBrokerRefusesThoughTheOrderIsOpen) {
  cancels = {kRefusal};
  reads = {read("new")};
  const auto result = run();
  EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
  EXPECT_FALSE(result.error().maybeApplied);
  EXPECT_EQ(cancelsSent, 3);
  EXPECT_LT(log.now, call::CallPipeline::Clock::time_point(2s)) << "no reason to wait";
}

TEST_F(CancelAndConfirm, ReadsNothingWhereNothingWasCanceled) {
  for (const auto& failure : {answered(400), answered(401), answered(403), answered(404), answered(429), answered(408),
                              failed(http::Failure::ConnectFailed, 0), failed(http::Failure::Aborted, 0)}) {
    cancels = {failure};
    const auto result = run();
    ASSERT_FALSE(result);
    EXPECT_FALSE(result.error().maybeApplied);
  }
  EXPECT_EQ(readsSent, 0);
}

TEST_F(CancelAndConfirm, LeavesHalfOfTheTimeForReading) {
  client.attemptTimeout = 1h;
  static_cast<void>(run());
  EXPECT_EQ(log.limits[0].deadline, call::CallPipeline::Clock::time_point(5s));
  EXPECT_EQ(log.limits[1].deadline, call::CallPipeline::Clock::time_point(10s));
}

TEST_F(CancelAndConfirm, ReportsWhatItKnowsWhenItIsStopped) {
  log.stopInPause = true;
  const auto result = run();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, CancelOutcome::Pending);
  EXPECT_EQ(readsSent, 0);
}

// Why a confirmation is pending: the first word that applies.
TEST_F(CancelAndConfirm, SaysWhyItIsPending) {
  reads = {read("pending_cancel")};
  EXPECT_EQ(run()->pendingReason, PendingReason::Deadline);
  log.now = {};
  reads = {answered(502)};
  EXPECT_EQ(run()->pendingReason, PendingReason::ReadFailed) << "until the deadline";
  log.now = {};
  reads = {answered(404)};
  EXPECT_EQ(run()->pendingReason, PendingReason::ReadFailed) << "for good";
  log.now = {};
  reads = {failed(http::Failure::Aborted, 0)};
  EXPECT_EQ(run()->pendingReason, PendingReason::Stopped) << "in a read";
  log.now = {};
  log.stopInPause = true;
  EXPECT_EQ(run()->pendingReason, PendingReason::Stopped) << "between reads";
  log.stopInPause = false;
  log.now = {};
  cancels = {answered(204, "",
                      "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: 1\r\nX-RateLimit-Reset: 60\r\n"
                      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n")};
  EXPECT_EQ(run()->pendingReason, PendingReason::RateLimit);
  log.now = {};
  cancels = {answered(204)};
  reads = {read("canceled")};
  EXPECT_EQ(run()->pendingReason, std::nullopt) << "not pending";
}

TEST_F(CancelAndConfirm, ReportsTheCancelItHasSentWhenMemoryRunsOut) {
  log.answer = [](const http::HttpRequest& request) -> http::Exchange {
    if (std::string(request.method) == "GET") throw std::bad_alloc();
    return answered(204);
  };
  const auto accepted = run();
  ASSERT_TRUE(accepted);
  EXPECT_TRUE(accepted->cancelAccepted);
  EXPECT_EQ(accepted->pendingReason, PendingReason::ReadFailed);
  log.answer = [](const http::HttpRequest&) -> http::Exchange { throw std::bad_alloc(); };
  EXPECT_EQ(run().error().kind, ErrorKind::NotSent);
}

// It used to be asked again and again until the window ended: a client's destructor took 30 s at full load.
TEST_F(CancelAndConfirm, EndsWithAStopWhileItWaitsForTheRateLimit) {
  cancels = {answered(204, "",
                      "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: 1\r\nX-RateLimit-Reset: 4\r\n"
                      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n")};
  call::CallPipeline pipeline = test::makePipeline(log, client);
  CancelFollower follower(pipeline, {account(), order()}, options, pipeline.limits(options.call, log.now), log.now);
  ASSERT_TRUE(follower.step());
  log.closed = true;
  EXPECT_FALSE(follower.step());
  const auto result = follower.conclude();
  EXPECT_EQ(result->pendingReason, PendingReason::Stopped);
  EXPECT_EQ(result->reads, 0);
}

// It used to end `pollBase` before the deadline without any read.
TEST_F(CancelAndConfirm, ReadsOnceHoweverShortTheTimeIs) {
  options.call.deadline = 60ms;
  log.timePerAttempt = 20ms;
  reads = {read("canceled")};
  EXPECT_EQ(run()->outcome, CancelOutcome::Canceled);
  log.now = {};
  readsSent = 0;
  options.call.deadline = 1s;
  options.pollBase = 900ms;
  log.timePerAttempt = 300ms;
  reads = {read("pending_cancel")};
  EXPECT_EQ(run()->pendingReason, PendingReason::Deadline);
  EXPECT_EQ(readsSent, 1);
}

TEST_F(CancelAndConfirm, ReadsOnlyWhenTheRateLimitLeavesARead) {
  const std::string nothingLeft =
      "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: 1\r\nX-RateLimit-Reset: 4\r\n"
      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
  cancels = {answered(204, "", nothingLeft)};
  const auto result = run();
  EXPECT_EQ(result->outcome, CancelOutcome::Canceled);
  EXPECT_EQ(log.now, call::CallPipeline::Clock::time_point(4'001ms)) << "when the next window begins, after cancels";
}

TEST_F(CancelAndConfirm, RefusesOptionsThatCannotWork) {
  for (const auto& spoil : std::vector<std::function<void(ConfirmOptions&)>>{
           [](ConfirmOptions& o) { o.call.deadline = 0ms; }, [](ConfirmOptions& o) { o.maxCancels = 0; },
           [](ConfirmOptions& o) { o.pollBase = 0ms; }, [](ConfirmOptions& o) { o.pollCap = 25h; }}) {
    options = {};
    spoil(options);
    const auto result = run();
    EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(result.error().message, HasSubstr("Options::"));
  }
  EXPECT_TRUE(log.requests.empty());
}

}  // namespace
}  // namespace alpaca::broker::workflows

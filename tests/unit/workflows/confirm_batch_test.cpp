#include "workflows/confirm_batch.hpp"

#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/order_body.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using test::account;
using test::answered;
using test::failed;
using test::order;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

const auto kOther = AccountId::parse("00000000-0000-4000-8000-000000000002").value();
const http::Exchange kSilence = failed(http::Failure::TimedOut, 1);

std::string idIn(const http::HttpRequest& request) {
  return request.target.str().substr(request.target.str().rfind('/') + 1);
}

// A broker with an answer to each order's cancels and reads.
class ConfirmBatch : public ::testing::Test {
 protected:
  ConfirmBatch() {
    client.retry.maxAttempts = 1;
    options.concurrency = 1;
    options.confirm.call.deadline = 10s;
    log.answer = [this](const http::HttpRequest& request) {
      const std::string id = idIn(request);
      const bool isRead = std::string(request.method) == "GET";
      sent.push_back((isRead ? "read " : "cancel ") + id);
      if (!isRead) return cancels.count(id) > 0 ? cancels.at(id) : answered(204);
      const std::string status = statuses.count(id) > 0 ? statuses.at(id) : "canceled";
      return status.empty() ? kSilence : answered(200, test::orderBody(status, id));
    };
  }

  Result<BatchConfirmReport> run(const std::vector<OrderRef>& orders) {
    call::CallPipeline pipeline = test::makePipeline(log, client);
    return cancelOrdersAndConfirm(pipeline, orders, options);
  }

  ClientOptions client;
  BatchConfirmOptions options;
  std::map<std::string, http::Exchange> cancels;
  std::map<std::string, std::string> statuses;  // empty: no answer
  std::vector<std::string> sent;
  test::FakeTransport::Log log;
};

TEST_F(ConfirmBatch, CancelsEveryOrderBeforeItReadsAny) {
  cancels = {{"b", answered(422)}};
  const auto result = run({{account(), order("a")}, {account(), order("b")}, {account(), order("c")}});
  ASSERT_TRUE(result);
  ASSERT_EQ(sent.size(), 6U);
  EXPECT_THAT(std::vector<std::string>(sent.begin(), sent.begin() + 3),
              ElementsAre("cancel a", "cancel b", "cancel c"));
  EXPECT_TRUE(result->allFinal());
  EXPECT_EQ(result.call().sends, 3) << "the cancels";
}

TEST_F(ConfirmBatch, ReportsEachOrderWhereItStoodInTheInput) {
  statuses = {{"filled", "filled"}, {"expired", "expired"}, {"slow", "pending_cancel"}, {"open", "new"}, {"lost", ""}};
  cancels = {{"gone", answered(404)},
             {"unsent", failed(http::Failure::ConnectFailed, 0)},
             {"open", answered(422)},
             {"lost", kSilence}};
  std::vector<OrderRef> orders;
  for (const char* id : {"canceled", "filled", "expired", "slow", "gone", "unsent", "open", "lost"}) {
    orders.push_back({account(), order(id)});
  }
  options.concurrency = 3;
  const auto report = run(orders).value();
  ASSERT_EQ(report.entries.size(), orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) EXPECT_EQ(report.entries[i].target, orders[i]);
  EXPECT_EQ(report.entries[0].result->outcome, CancelOutcome::Canceled);
  EXPECT_EQ(report.entries[1].result->outcome, CancelOutcome::Filled);
  EXPECT_EQ(report.entries[2].result->outcome, CancelOutcome::Expired);
  EXPECT_EQ(report.entries[3].result->outcome, CancelOutcome::Pending);
  EXPECT_EQ(report.entries[3].result->pendingReason, PendingReason::Deadline);
  EXPECT_EQ(report.entries[4].result.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(report.entries[5].result.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(report.entries[6].result.error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(report.entries[7].result.error().kind, ErrorKind::InDoubt);
  const BatchConfirmCounts counts = report.counts();
  EXPECT_EQ(counts.canceled, 1U);
  EXPECT_EQ(counts.filled, 1U);
  EXPECT_EQ(counts.expiredOrReplaced, 1U);
  EXPECT_EQ(counts.pending, 1U);
  EXPECT_EQ(counts.refused, 2U);
  EXPECT_EQ(counts.notSent, 1U);
  EXPECT_EQ(counts.maybeApplied, 1U);
  EXPECT_EQ(counts.total(), 8U);
  EXPECT_FALSE(report.allFinal());
}

TEST_F(ConfirmBatch, FollowsADuplicateOnceAndReportsItTwice) {
  const auto report = run({{account(), order("a")}, {kOther, order("a")}, {account(), order("a")}}).value();
  EXPECT_EQ(sent.size(), 4U);
  ASSERT_EQ(report.entries.size(), 3U);
  EXPECT_EQ(report.entries[2].target.accountId, account());
  EXPECT_EQ(report.entries[2].result->outcome, CancelOutcome::Canceled);
  EXPECT_EQ(report.counts().canceled, 2U);
  EXPECT_EQ(report.counts().total(), 2U);
}

TEST_F(ConfirmBatch, EndsAtTheDeadlineWithTheTruthAboutEachOrder) {
  options.confirm.call.deadline = 1s;
  log.timePerAttempt = 400ms;
  const auto report = run({{account(), order("a")}, {account(), order("b")}, {account(), order("c")}}).value();
  EXPECT_EQ(report.counts().total(), 3U);
  for (const BatchConfirmEntry& entry : report.entries) {
    ASSERT_TRUE(entry.result);
    EXPECT_EQ(entry.result->outcome, CancelOutcome::Pending);
    EXPECT_EQ(entry.result->pendingReason, PendingReason::Deadline);
  }
}

TEST_F(ConfirmBatch, SendsNothingMoreAfterAStopAndReportsWhatIsKnown) {
  StopSource source;
  options.confirm.call.stop = source.token();
  const auto answer = log.answer;
  log.answer = [&](const http::HttpRequest& request) {
    if (source.token().stopRequested()) return failed(http::Failure::Aborted, 0);  // as the transport does
    const http::Exchange first = answer(request);
    source.requestStop();
    return first;
  };
  const auto report = run({{account(), order("a")}, {account(), order("b")}}).value();
  EXPECT_THAT(sent, ElementsAre("cancel a"));
  EXPECT_EQ(report.entries[0].result->pendingReason, PendingReason::Stopped);
  EXPECT_EQ(report.entries[1].result.error().kind, ErrorKind::Aborted);
}

TEST_F(ConfirmBatch, KeepsWithinTheRateLimit) {
  const auto headers = [](int left) {
    return "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: " + std::to_string(left) +
           "\r\nX-RateLimit-Reset: 4\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
  };
  cancels = {{"a", answered(204, "", headers(1))}, {"b", answered(204, "", headers(0))}};
  const auto report = run({{account(), order("a")}, {account(), order("b")}, {account(), order("c")}}).value();
  EXPECT_TRUE(report.allFinal());
  EXPECT_THAT(sent, ElementsAre("cancel a", "cancel b", "cancel c", "read a", "read b", "read c"));
  EXPECT_GE(log.now, call::CallPipeline::Clock::time_point(4s)) << "when the next window begins";
}

// Cancels used to be refused when the window opened in the second half of the time.
TEST_F(ConfirmBatch, WaitsForTheNextWindowUpToItsDeadline) {
  const std::string full =
      "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 8\r\n"
      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
  cancels = {{"a", answered(204, "", full)}};
  const auto report = run({{account(), order("a")}, {account(), order("b")}, {account(), order("c")}}).value();
  EXPECT_TRUE(report.allFinal());
  EXPECT_THAT(sent, ElementsAre("cancel a", "cancel b", "cancel c", "read a", "read b", "read c"));
}

TEST_F(ConfirmBatch, RefusesTheOrdersThatNoWindowIsLeftFor) {
  const std::string full =
      "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 11\r\n"
      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
  cancels = {{"a", answered(204, "", full)}};
  const auto report = run({{account(), order("a")}, {account(), order("b")}}).value();
  EXPECT_EQ(report.entries[0].result->pendingReason, PendingReason::RateLimit);
  EXPECT_EQ(report.entries[1].result.error().kind, ErrorKind::NotSent);
  EXPECT_GT(report.entries[1].result.error().retryAfter, 10s);
}

TEST_F(ConfirmBatch, ShowsItsProgressToTheEnd) {
  BatchConfirmProgress last;
  options.progress = [&](const BatchConfirmProgress& progress) { last = progress; };
  cancels = {{"b", answered(404)}};
  static_cast<void>(run({{account(), order("a")}, {account(), order("b")}, {account(), order("a")}}));
  EXPECT_EQ(last.total, 2U);
  EXPECT_EQ(last.done, 2U);
  EXPECT_EQ(last.closed, 1U);
}

TEST_F(ConfirmBatch, OfNothingIsDone) {
  const auto report = run({}).value();
  EXPECT_TRUE(report.entries.empty());
  EXPECT_TRUE(report.allFinal());
  EXPECT_EQ(report.counts().total(), 0U);
}

TEST_F(ConfirmBatch, RefusesOptionsThatCannotWork) {
  options.concurrency = 0;
  const auto result = run({{account(), order("a")}});
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(result.error().message, HasSubstr("BatchConfirmOptions::concurrency is 0"));
  options.concurrency = 1;
  options.confirm.maxCancels = 0;
  EXPECT_THAT(run({{account(), order("a")}}).error().message, HasSubstr("ConfirmOptions::maxCancels is 0"));
  EXPECT_TRUE(sent.empty());
}

}  // namespace
}  // namespace alpaca::broker::workflows

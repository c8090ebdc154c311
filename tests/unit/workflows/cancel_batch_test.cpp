#include "workflows/cancel_batch.hpp"

#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace alpaca::broker::workflows {
namespace {

using test::account;
using test::answered;
using test::failed;
using test::order;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

const auto kOther = AccountId::parse("00000000-0000-4000-8000-000000000002").value();

std::string rateHeaders(int remaining, int resetAt) {
  return "X-RateLimit-Limit: 3\r\nX-RateLimit-Remaining: " + std::to_string(remaining) +
         "\r\nX-RateLimit-Reset: " + std::to_string(resetAt) + "\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
}

class CancelBatch : public ::testing::Test {
 protected:
  CancelBatch() {
    client.retry.maxAttempts = 1;
    options.concurrency = 1;
    log.answer = [](const http::HttpRequest&) { return answered(204); };
  }

  Result<BatchReport> tryRun(const std::vector<OrderRef>& orders) {
    call::CallPipeline pipeline = test::makePipeline(log, client);
    return cancelOrders(pipeline, orders, options);
  }

  BatchReport run(const std::vector<OrderRef>& orders) { return tryRun(orders).value(); }

  static std::vector<OrderRef> orders(int count) {
    std::vector<OrderRef> refs;
    refs.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) refs.push_back({account(), order("order-" + std::to_string(i))});
    return refs;
  }

  ClientOptions client;
  BatchOptions options;
  test::FakeTransport::Log log;
};

TEST_F(CancelBatch, ReportsEachOrderWhereItStoodInTheInput) {
  const std::map<std::string, http::Exchange> fates{{"order-0", answered(204)},
                                                    {"order-1", answered(422)},
                                                    {"order-2", failed(http::Failure::ConnectFailed, 0)},
                                                    {"order-3", failed(http::Failure::TimedOut, 1)},
                                                    {"order-4", answered(502)}};
  log.answer = [&](const http::HttpRequest& request) {
    return fates.at(request.target.str().substr(request.target.str().rfind('/') + 1));
  };
  options.concurrency = 3;
  const BatchReport report = run(orders(5));
  ASSERT_EQ(report.entries.size(), 5U);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(report.entries[static_cast<std::size_t>(i)].target, orders(5)[static_cast<std::size_t>(i)]);
  EXPECT_TRUE(report.entries[0].result);
  EXPECT_EQ(report.entries[1].result.error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(report.entries[2].result.error().kind, ErrorKind::NotSent);
  EXPECT_EQ(report.entries[3].result.error().kind, ErrorKind::InDoubt);
  EXPECT_EQ(report.entries[4].result.error().kind, ErrorKind::ServerError);
  const BatchCounts counts = report.counts();
  EXPECT_EQ(counts.accepted, 1U);
  EXPECT_EQ(counts.refused, 1U);
  EXPECT_EQ(counts.notSent, 1U);
  EXPECT_EQ(counts.maybeApplied, 2U);
  EXPECT_EQ(counts.total(), 5U);
  EXPECT_FALSE(report.allAccepted());
}

TEST_F(CancelBatch, SendsADuplicateOnceAndReportsItTwice) {
  const BatchReport report = run({{account(), order("a")}, {kOther, order("a")}, {account(), order("a")}});
  EXPECT_EQ(log.requests.size(), 2U);
  EXPECT_TRUE(report.allAccepted());
  ASSERT_EQ(report.entries.size(), 3U);
  EXPECT_EQ(report.entries[2].target.accountId, account());
  EXPECT_TRUE(report.entries[2].result);
}

struct CountedRow {
  const char* name;
  http::Exchange answer;
  BatchCounts counts;
  bool allAccepted;
};

class CountsOfADuplicate : public CancelBatch, public ::testing::WithParamInterface<CountedRow> {};

TEST_P(CountsOfADuplicate, CountAnOrderThatWasGivenTwiceOnce) {
  log.answer = [](const http::HttpRequest&) { return GetParam().answer; };
  const BatchReport report = run({{account(), order("a")}, {account(), order("a")}, {account(), order("a")}});
  EXPECT_EQ(report.counts().accepted, GetParam().counts.accepted);
  EXPECT_EQ(report.counts().refused, GetParam().counts.refused);
  EXPECT_EQ(report.counts().notSent, GetParam().counts.notSent);
  EXPECT_EQ(report.counts().maybeApplied, GetParam().counts.maybeApplied);
  EXPECT_EQ(report.counts().total(), 1U);
  EXPECT_EQ(report.allAccepted(), GetParam().allAccepted);
  EXPECT_EQ(bool(report.entries[2].result), GetParam().allAccepted) << "same result as the first one";
}

INSTANTIATE_TEST_SUITE_P(
    All, CountsOfADuplicate,
    ::testing::Values(CountedRow{"Accepted", answered(204), {1, 0, 0, 0}, true},
                      CountedRow{"Refused", answered(404), {0, 1, 0, 0}, false},
                      CountedRow{"NotSent", failed(http::Failure::ConnectFailed, 0), {0, 0, 1, 0}, false},
                      CountedRow{"MaybeApplied", failed(http::Failure::TimedOut, 1), {0, 0, 0, 1}, false}),
    test::kByName);

// So many orders that the report is built in several parts.
TEST_F(CancelBatch, ReportsThousandsWhereTheyStoodInTheInput) {
  std::vector<OrderRef> many = orders(5'000);
  many.push_back(many[4'999]);
  many.push_back(many[0]);
  options.concurrency = 4;
  log.answer = [](const http::HttpRequest& request) {
    return answered(request.target.str().find("order-4999") == std::string::npos ? 204 : 404);
  };
  const BatchReport report = run(many);
  ASSERT_EQ(report.entries.size(), many.size());
  for (std::size_t i = 0; i < many.size(); ++i) EXPECT_EQ(report.entries[i].target, many[i]);
  EXPECT_EQ(report.counts().accepted, 4'999U);
  EXPECT_EQ(report.counts().refused, 1U);
  EXPECT_FALSE(report.entries[5'000].result);
  EXPECT_TRUE(report.entries[5'001].result);
}

TEST_F(CancelBatch, OfNothingSendsNothing) {
  const BatchReport report = run({});
  EXPECT_TRUE(report.entries.empty());
  EXPECT_TRUE(report.allAccepted());
  EXPECT_TRUE(log.requests.empty());
}

TEST_F(CancelBatch, WaitsForTheNextWindowInsteadOfRunningInto429s) {
  int left = 3;
  int resetAt = 30;
  log.answer = [&](const http::HttpRequest&) {
    if (log.now >= call::CallPipeline::Clock::time_point(std::chrono::seconds(resetAt))) {
      left = 3;
      resetAt += 30;
    }
    return left == 0 ? answered(429, "", rateHeaders(0, resetAt)) : answered(204, "", rateHeaders(--left, resetAt));
  };
  options.call.deadline = 10min;
  // The Date of the answers never changes, so each window seems to end later than it does. Late is safe, early is not.
  const BatchReport report = run(orders(8));
  EXPECT_TRUE(report.allAccepted());
  EXPECT_EQ(log.requests.size(), 8U);
}

TEST_F(CancelBatch, TellsWhatTheRateLimitLeftNoTimeFor) {
  log.answer = [left = 2](const http::HttpRequest&) mutable { return answered(204, "", rateHeaders(--left, 90)); };
  options.call.deadline = 50s;
  const BatchReport report = run(orders(4));
  EXPECT_EQ(log.requests.size(), 2U);
  EXPECT_EQ(report.counts().notSent, 2U);
  const Error& error = report.entries[3].result.error();
  EXPECT_EQ(error.kind, ErrorKind::NotSent);
  EXPECT_FALSE(error.maybeApplied);
  EXPECT_EQ(error.retryAfter, 60s) << "a retry is useful then: no window is believed for longer";
  EXPECT_THAT(error.message, HasSubstr("rate limit"));
  EXPECT_EQ(log.now, call::CallPipeline::Clock::time_point{}) << "waiting would have been useless";
}

TEST_F(CancelBatch, HoldsOneDeadlineOverAllOfIt) {
  log.timePerAttempt = 4s;
  options.call.deadline = 10s;
  const BatchReport report = run(orders(5));
  EXPECT_EQ(log.requests.size(), 3U);
  EXPECT_EQ(log.limits[2].deadline, call::CallPipeline::Clock::time_point(10s)) << "less than the attempt time-out";
  EXPECT_EQ(report.counts().notSent, 2U);
  EXPECT_THAT(report.entries[4].result.error().message, HasSubstr("the deadline of the batch had passed"));
}

TEST_F(CancelBatch, GivesEachCancelTheClientsDeadlineToo) {
  client.deadline = 2s;
  static_cast<void>(run(orders(1)));
  EXPECT_EQ(log.limits[0].deadline, call::CallPipeline::Clock::time_point(2s));
}

TEST_F(CancelBatch, TakesItsOwnNumberOfAttempts) {
  log.answer = [](const http::HttpRequest&) { return failed(http::Failure::ConnectFailed, 0); };
  options.call.maxAttempts = 3;
  EXPECT_EQ(run(orders(1)).entries[0].result.error().call.attempts, 3);
}

TEST_F(CancelBatch, StopsWhileItWaitsForTheNextWindow) {
  StopSource source;
  options.call.stop = source.token();
  log.answer = [&](const http::HttpRequest&) {
    source.requestStop();
    return answered(204, "", rateHeaders(0, 30));
  };
  const BatchReport report = run(orders(2));
  EXPECT_TRUE(report.entries[0].result);
  EXPECT_EQ(report.entries[1].result.error().kind, ErrorKind::Aborted);
}

// The deadline does not bound the work per order, and a batch may hold a million orders.
TEST_F(CancelBatch, AsksNoClockForTheOrdersThatAreLeftAfterTheDeadline) {
  constexpr int kMany = 20'000;
  log.timePerAttempt = 5s;
  options.call.deadline = 10s;
  int looks = 0;
  call::CallPipeline pipeline{std::make_unique<test::FakeTransport>(log),
                              client,
                              Credentials{"PK012345", "hunter2-hunter2"},
                              http::BaseUrl{"https://broker.example", "broker.example", 443, false},
                              "",
                              call::Runtime{[&] {
                                              ++looks;
                                              return log.now;
                                            },
                                            [] { return 1.0; }}};
  const BatchReport report = cancelOrders(pipeline, orders(kMany), options).value();
  EXPECT_EQ(log.requests.size(), 2U);
  EXPECT_EQ(report.counts().notSent, kMany - 2U);
  EXPECT_LT(looks, 100);
}

TEST_F(CancelBatch, AsksNobodyAnyMoreOnceItIsStopped) {
  StopSource source;
  options.call.stop = source.token();
  log.answer = [&](const http::HttpRequest&) {
    source.requestStop();
    return answered(204);
  };
  const BatchReport report = run(orders(2'000));
  EXPECT_EQ(log.requests.size(), 1U);
  EXPECT_TRUE(report.entries[0].result);
  for (std::size_t i = 1; i < 2'000; ++i) EXPECT_EQ(report.entries[i].result.error().kind, ErrorKind::Aborted);
}

TEST_F(CancelBatch, AsksNobodyAnyMoreOnceTheClientHasEnded) {
  log.answer = [](const http::HttpRequest&) { return failed(http::Failure::Aborted, 0); };
  const BatchReport report = run(orders(10));
  EXPECT_EQ(log.requests.size(), 1U);
  for (const BatchEntry& entry : report.entries) EXPECT_EQ(entry.result.error().kind, ErrorKind::Aborted);
}

TEST_F(CancelBatch, TellsHowFarItIsWithoutTimeForAll) {
  std::vector<BatchProgress> results;
  options.progress = [&](const BatchProgress& progress) { results.push_back(progress); };
  log.timePerAttempt = 5s;
  options.call.deadline = 10s;
  static_cast<void>(run(orders(6)));
  EXPECT_EQ(results.back().done, 6U);
  EXPECT_EQ(results.back().accepted, 2U);
}

TEST_F(CancelBatch, TellsHowFarItIs) {
  std::vector<BatchProgress> results;
  options.progress = [&](const BatchProgress& progress) { results.push_back(progress); };
  static_cast<void>(run(orders(6)));
  EXPECT_EQ(results.back().done, 6U);
  EXPECT_EQ(results.back().total, 6U);
  EXPECT_EQ(results.back().accepted, 6U);
}

TEST_F(CancelBatch, WithOptionsThatCannotWorkIsAnError) {
  for (const auto& spoil : std::vector<std::function<void(BatchOptions&)>>{
           [](BatchOptions& o) { o.call.deadline = 0ms; }, [](BatchOptions& o) { o.concurrency = 0; },
           [](BatchOptions& o) { o.concurrency = 1'001; }, [](BatchOptions& o) { o.call.maxAttempts = 0; }}) {
    options = {};
    spoil(options);
    const auto report = tryRun(orders(2));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(report.error().message, HasSubstr("Options::"));
  }
  EXPECT_TRUE(log.requests.empty());
}

TEST_F(CancelBatch, OfNothingWithOptionsThatCannotWorkIsAnError) {
  options.call.deadline = 0ms;
  const auto report = tryRun({});
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("CallOptions::deadline"));
}

TEST_F(CancelBatch, CountsWhatAllCancelsHaveSent) {
  client.retry.maxAttempts = 3;
  log.answer = [](const http::HttpRequest& request) {
    return request.target.str().find("order-1") == std::string::npos ? answered(204) : answered(502);
  };
  const auto report = tryRun(orders(3));
  ASSERT_TRUE(report);
  EXPECT_EQ(report.call().sends, 5);
  EXPECT_EQ(report.call().attempts, 5);
  EXPECT_EQ(report.call().requestId, "");
}

TEST(OrderRefs, AreTheOrdersOfAList) {
  Order one;
  one.id = order("one");
  Order two;
  two.id = order("two");
  EXPECT_THAT(orderRefs(account(), {one, two}),
              ::testing::ElementsAre(OrderRef{account(), order("one")}, OrderRef{account(), order("two")}));
  EXPECT_TRUE(orderRefs(account(), {}).empty());
}

}  // namespace
}  // namespace alpaca::broker::workflows

#include "call/pipeline.hpp"

#include "endpoints/cancel_all.hpp"
#include "endpoints/cancel_order.hpp"
#include "workflows/cancel_all.hpp"

#include "support/fake_transport.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <vector>

namespace alpaca::broker::call {
namespace {

using test::account;
using test::answered;
using test::Counter;
using test::failed;
using test::Gate;
using test::order;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

const Credentials kNewer{"PK999999", "hunter3-hunter3"};

// A caller with the key PK012345, whose provider supplies a newer one.
class RotatingCaller : public ::testing::Test {
 protected:
  RotatingCaller() {
    options.rotation.provider = [this] {
      asked.add();
      return kNewer;
    };
  }

  Result<CancelAccepted> cancel(std::vector<http::Exchange> exchanges, const CallOptions& call = {}) {
    log.answer = test::script(std::move(exchanges));
    CallPipeline pipeline = test::makePipeline(log, options);
    return pipeline.call(endpoints::cancel_order::operation(account(), order()), call);
  }

  ClientOptions options;
  test::FakeTransport::Log log;
  Counter asked;
};

TEST_F(RotatingCaller, GoesAgainWithNewerCredentials) {
  const auto result = cancel({answered(401), answered(204)});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result.call().attempts, 2);
  EXPECT_EQ(result.call().sends, 2);
  EXPECT_THAT(log.keys, ElementsAre("PK012345", "PK999999"));
}

TEST_F(RotatingCaller, AsksNobodyAsLongAsItIsNotRefused) {
  ASSERT_TRUE(cancel({answered(503), answered(204)}));
  EXPECT_EQ(cancel({answered(403)}).error().kind, ErrorKind::Forbidden);  // about permissions, not credentials
  EXPECT_EQ(asked.count(), 0);
}

TEST_F(RotatingCaller, TakesNothingFromTheRetryBudget) {
  options.retry.budget = 0;
  EXPECT_TRUE(cancel({answered(401), answered(204)}));
}

TEST_F(RotatingCaller, MayRepeatAlsoWhatMustBeSentOnce) {
  log.answer = test::script({answered(401), answered(207, "[]")});
  CallPipeline pipeline = test::makePipeline(log, options);
  EXPECT_TRUE(pipeline.call(endpoints::cancel_all::operation(account()), CallOptions{}));
}

TEST_F(RotatingCaller, LetsTheProviderKnowButDoesNotWaitInItsLastAttempt) {
  Gate vault;
  options.retry.maxAttempts = 1;
  options.rotation.provider = [&] { return vault.pass(), kNewer; };
  log.answer = test::script({answered(401), answered(204)});
  CallPipeline pipeline = test::makePipeline(log, options);
  const auto operation = endpoints::cancel_order::operation(account(), order());
  EXPECT_EQ(pipeline.call(operation, CallOptions{}).error().kind, ErrorKind::Unauthorized);
  EXPECT_TRUE(vault.waitForArrivals(1));
  vault.open();
}

TEST_F(RotatingCaller, EndsWhenNewerCredentialsAreRefusedAndThereAreNone) {
  const auto result = cancel({answered(401), answered(401)});
  EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized);
  EXPECT_THAT(result.error().message, HasSubstr("returned the same credentials again. That was after 2 attempts"));
  EXPECT_EQ(asked.count(), 2);
}

struct Row {
  const char* name;
  std::function<Credentials()> provider;
  const char* says;
};

class NoNewerCredentials : public RotatingCaller, public ::testing::WithParamInterface<Row> {};

TEST_P(NoNewerCredentials, EndTheCallAsUnauthorized) {
  options.rotation.provider = GetParam().provider;
  const auto result = cancel({answered(401)});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized);
  EXPECT_EQ(result.error().httpStatus, 401);
  EXPECT_FALSE(result.error().maybeApplied);
  EXPECT_EQ(result.error().call.attempts, 1);
  EXPECT_THAT(result.error().message, HasSubstr(std::string("The broker answered 401. ") + GetParam().says));
  EXPECT_THAT(result.error().message, Not(HasSubstr("hunter")));
}

INSTANTIATE_TEST_SUITE_P(
    All, NoNewerCredentials,
    ::testing::Values(Row{"Unchanged",
                          [] {
                            return Credentials{"PK012345", "hunter2-hunter2"};
                          },
                          "The credentials provider returned the same credentials again."},
                      Row{"Unusable",
                          [] {
                            return Credentials{"PK999999", "hunter3-hunter3\n"};
                          },
                          "The credentials provider returned unusable credentials"},
                      Row{"Thrown", []() -> Credentials { throw std::runtime_error("no hunter3-hunter3 here"); },
                          "The credentials provider threw an exception."}),
    test::kByName);

// --- while the provider is slow --------------------------------------------------------------------------------------

class WaitingCaller : public RotatingCaller {
 protected:
  WaitingCaller() {
    options.rotation.provider = [this] { return vault.pass(), kNewer; };
  }
  Gate vault;
};

TEST_F(WaitingCaller, WaitsNoLongerThanItsDeadline) {
  log.answer = test::script({answered(401)});
  CallPipeline pipeline = test::makePipeline(log, options);
  CallOptions call;
  call.deadline = 1ms;
  const auto late = pipeline.call(endpoints::cancel_order::operation(account(), order()), call);
  EXPECT_EQ(late.error().kind, ErrorKind::Unauthorized);
  EXPECT_THAT(late.error().message, HasSubstr("did not answer in time"));
  vault.open();
}

TEST_F(WaitingCaller, IsEndedByAStop) {
  log.answer = test::script({answered(401)});
  CallPipeline pipeline = test::makePipeline(log, options);
  StopSource stop;
  CallOptions call;
  call.stop = stop.token();
  auto result = std::async(std::launch::async,
                           [&] { return pipeline.call(endpoints::cancel_order::operation(account(), order()), call); });
  EXPECT_TRUE(vault.waitForArrivals(1));
  stop.requestStop();
  const auto stopped = result.get();
  EXPECT_EQ(stopped.error().kind, ErrorKind::Unauthorized);  // the last known fact: the broker refused
  EXPECT_THAT(stopped.error().message, HasSubstr("The call was stopped while"));
  vault.open();
}

TEST_F(WaitingCaller, IsEndedByTheEndOfTheClient) {
  log.answer = test::script({answered(401)});
  CallPipeline pipeline = test::makePipeline(log, options);
  auto result = std::async(std::launch::async, [&] {
    return pipeline.call(endpoints::cancel_order::operation(account(), order()), CallOptions{});
  });
  EXPECT_TRUE(vault.waitForArrivals(1));
  pipeline.close();
  const auto closed = result.get();
  EXPECT_EQ(closed.error().kind, ErrorKind::Unauthorized);
  EXPECT_THAT(closed.error().message, HasSubstr("The client was destroyed while"));
  vault.open();
}

// --- what is reported ------------------------------------------------------------------------------------------------

TEST_F(RotatingCaller, KeepsTheDoubtOfAnEarlierAttempt) {
  const auto notFound = cancel({failed(http::Failure::TimedOut, 1), answered(401), answered(404)});
  EXPECT_EQ(notFound.error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(notFound.error().maybeApplied);
  options.rotation.provider = []() -> Credentials { throw 1; };
  const auto refused = cancel({failed(http::Failure::TimedOut, 1), answered(401)});
  EXPECT_EQ(refused.error().kind, ErrorKind::Unauthorized);
  EXPECT_TRUE(refused.error().maybeApplied);
}

TEST_F(RotatingCaller, TellsTheObserverOfBothAttempts) {
  std::vector<std::string> events;
  options.observer = [&](const AttemptEvent& event) {
    events.push_back(std::string(event.errorType) + (event.willRetry ? " again: " : " end: ") +
                     std::string(event.decision));
  };
  ASSERT_TRUE(cancel({answered(401), answered(204)}));
  EXPECT_THAT(events, ElementsAre("401 again: newer credentials", " end: final"));
}

TEST_F(RotatingCaller, ShowsNeitherTheOldNorTheNewCredentials) {
  const std::string echo = "PK012345 hunter2-hunter2 PK999999 hunter3-hunter3 UEs5OTk5OTk6aHVudGVyMy1odW50ZXIz";
  const std::string id = "X-Request-ID: " + echo + "\r\n";
  const auto refused = cancel({answered(401), answered(400, R"({"message":")" + echo + R"("})", id)});
  const auto accepted = cancel({answered(401), answered(204, "", id)});
  for (const std::string& text : {refused.error().message, refused.error().body, refused.error().brokerMessage,
                                  refused.error().call.requestId, accepted.call().requestId}) {
    EXPECT_THAT(text, HasSubstr("[redacted]"));
    for (const char* secret : {"PK012345", "PK999999", "hunter", "UEs5"}) EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
}

// A cancel-all's entries are read after the call, and may quote the old or the new credentials.
TEST_F(RotatingCaller, ShowsNeitherInTheEntriesOfACancelAll) {
  const std::string entry = R"([{"id":"61e69015-8549-4bfd-b9c3-01e75843f47d","status":422,)"
                            R"("body":{"message":"hunter2-hunter2 hunter3-hunter3"}}])";
  log.answer = test::script({answered(401), answered(207, entry)});
  CallPipeline pipeline = test::makePipeline(log, options);
  const auto report = workflows::cancelAllOrders(pipeline, account(), {});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->entries.size(), 1U);
  EXPECT_THAT(report->entries.front().error->message, HasSubstr("[redacted] [redacted]"));
  EXPECT_THAT(report->entries.front().error->body, Not(HasSubstr("hunter")));
}

}  // namespace
}  // namespace alpaca::broker::call

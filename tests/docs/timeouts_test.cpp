// The code of docs/timeouts-and-retries.md.
#include "desk.hpp"

#include <chrono>
#include <csignal>
#include <iostream>

using broker::testing::MockFault;
using testing::ElementsAre;

namespace {

class Timeouts : public Desk {
 protected:
  void cancelAndMindTheRate() {
    const auto result = client.cancelOrder(account, order);
    if (!result && result.error().kind == broker::ErrorKind::RateLimited) {
      callAgainIn(result.error().retryAfter.value_or(std::chrono::seconds(1)));
    }
  }

  void callAgainIn(std::chrono::milliseconds wait) { note("again in " + std::to_string(wait.count())); }
};

TEST_F(Timeouts, BoundTheCallTheAttemptAndTheConnecting) {
  const auto credentials = mock.credentials();
  auto options = mock.clientOptions();
  mock.failNext(MockFault::Stall);

  options.deadline = std::chrono::seconds(8);         // the whole call: all attempts and the waits between them
  options.attemptTimeout = std::chrono::seconds(1);   // one attempt; then the call retries
  options.connectTimeout = std::chrono::seconds(1);   // DNS, TCP and TLS of one attempt
  options.retry.maxAttempts = 4;                      // 1: no retries
  broker::BrokerClient client{credentials, options};  // throws for an unusable option, and names it

  const auto result = client.cancelOrder(account, order);
  EXPECT_GE(result.call().attempts, 2);
}

TEST_F(Timeouts, CanDifferForOneCall) {
  mock.failNext(MockFault::StallAfterActing);

  broker::CallOptions hurry;
  hurry.deadline = std::chrono::milliseconds(500);
  hurry.maxAttempts = 1;  // no retries: the strategy decides what comes next
  const auto result = client.cancelOrder(account, order, hurry);

  EXPECT_EQ(result.error().kind, broker::ErrorKind::InDoubt);
  EXPECT_EQ(mock.orderStatus(account, order), "pending_cancel") << "the doubt was justified";
}

TEST_F(Timeouts, LeaveTimeForARetryUnlessTheyAreTold) {
  mock.failNext(MockFault::StallAfterActing);

  broker::CallOptions patient;
  patient.deadline = std::chrono::milliseconds(500);
  patient.attemptTimeout = patient.deadline;  // no retry after silence
  const auto late = client.cancelOrder(account, order, patient);

  EXPECT_EQ(late.error().kind, broker::ErrorKind::InDoubt);
  EXPECT_EQ(late.error().call.attempts, 1);
}

TEST_F(Timeouts, EndWhenSomebodySaysStop) {
  mock.failNext(MockFault::Stall);

  broker::StopSource button;  // requestStop() may be called from any thread
  broker::CallOptions options;
  options.stop = button.token();
  mock.onRequest([button](const auto&) mutable { button.requestStop(); });
  const auto result = client.cancelOrder(account, order, options);

  EXPECT_EQ(result.error().kind, broker::ErrorKind::InDoubt);
}

TEST_F(Timeouts, EndWhenTheUserInterrupts) {
  mock.failNext(MockFault::Stall);
  broker::CallOptions options;

  const broker::StopOnInterrupt interrupt;  // one at a time; its end gives the signals their old handlers back
  options.stop = interrupt.token();
  mock.onRequest([](const auto&) { std::raise(SIGINT); });
  const auto result = client.cancelOrder(account, order, options);

  EXPECT_EQ(result.error().kind, broker::ErrorKind::InDoubt);
}

TEST_F(Timeouts, LeaveTheWaitToYouWhereItDoesNotFit) {
  mock.failNext(429, "", {{"Retry-After", "60"}});
  cancelAndMindTheRate();
  EXPECT_THAT(notes(), ElementsAre("again in 60000"));
}

TEST_F(Timeouts, AreSeenByTheObserver) {
  auto options = mock.clientOptions();
  testing::internal::CaptureStderr();
  mock.failNext(503);

  options.observer = [](const broker::AttemptEvent& attempt) {  // on the thread that makes the call
    std::cerr << attempt.urlTemplate << ' ' << attempt.httpResponseStatusCode.value_or(0) << ", "
              << (attempt.willRetry ? "again" : "done") << ": " << attempt.decision << '\n';
  };
  broker::BrokerClient client{mock.credentials(), options};

  EXPECT_TRUE(client.cancelOrder(account, order));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::MatchesRegex(".* 503, again: .*\n.* 204, done: .*\n"));
}

}  // namespace

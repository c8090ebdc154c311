#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"
#include "endpoints/get_order_by_client_order_id.hpp"
#include "workflows/cancel_all.hpp"
#include "workflows/cancel_and_confirm.hpp"
#include "workflows/cancel_batch.hpp"
#include "workflows/confirm_batch.hpp"
#include "workflows/kill_switch.hpp"
#include "workflows/list_orders.hpp"
#include "workflows/warm_up.hpp"

#include "support/clock_answers.hpp"
#include "support/fake_transport.hpp"
#include "support/ids.hpp"
#include "support/order_body.hpp"
#include "support/order_shelf.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using test::account;
using test::answered;
using test::failed;
using test::order;
using test::orderBody;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

// --- every kind of call ----------------------------------------------------------------------------------------------

using Ask = void (*)(call::CallPipeline& pipeline, const CallOptions& options);

void cancel(call::CallPipeline& pipeline, const CallOptions& options) {
  static_cast<void>(pipeline.call(endpoints::cancel_order::operation(account(), order("one")), options));
}

void read(call::CallPipeline& pipeline, const CallOptions& options) {
  static_cast<void>(pipeline.call(endpoints::get_order::operation(account(), order("one")), options));
}

void readOwn(call::CallPipeline& pipeline, const CallOptions& options) {
  const auto operation = endpoints::get_order_by_client_order_id::operation(account(), test::clientOrder());
  static_cast<void>(pipeline.call(operation, options));
}

void list(call::CallPipeline& pipeline, const CallOptions& options) {
  static_cast<void>(listOrders(pipeline, account(), {}, options));
}

// As an asynchronous call does it: its options were checked by the submission.
void listLater(call::CallPipeline& pipeline, const CallOptions& options) {
  const auto start = pipeline.now();
  static_cast<void>(listOrders(pipeline, account(), {}, pipeline.limits(options, start), start));
}

void cancelAll(call::CallPipeline& pipeline, const CallOptions& options) {
  static_cast<void>(cancelAllOrders(pipeline, account(), options));
}

void confirm(call::CallPipeline& pipeline, const CallOptions& options) {
  ConfirmOptions own;
  own.call = options;
  static_cast<void>(cancelAndConfirm(pipeline, account(), order("one"), own));
}

void confirmTwo(call::CallPipeline& pipeline, const CallOptions& options) {
  BatchConfirmOptions own;
  own.confirm.call = options;
  static_cast<void>(cancelOrdersAndConfirm(pipeline, {{account(), order("one")}, {account(), order("one")}}, own));
}

void cancelTwo(call::CallPipeline& pipeline, const CallOptions& options) {
  BatchOptions own;
  own.call = options;
  static_cast<void>(cancelOrders(pipeline, {{account(), order("one")}, {account(), order("one")}}, own));
}

void kill(call::CallPipeline& pipeline, const CallOptions& options) {
  KillSwitchOptions own;
  own.call = options;
  static_cast<void>(killSwitch(pipeline, {account()}, own));
}

void warm(call::CallPipeline& pipeline, const CallOptions& options) { static_cast<void>(warmUp(pipeline, 2, options)); }

// --- answers that take a caller through every path -------------------------------------------------------------------

const http::Exchange kSilence = failed(http::Failure::TimedOut, 1);

// Orders of a long list, one a second.
http::Exchange page(int first, int count) {
  test::OrderShelf shelf;
  for (int i = first; i < first + count; ++i) shelf.put("o" + std::to_string(i), model::Nanotime(24h - i * 1s));
  return shelf.answer({"GET", "/?direction=desc&limit=500"});
}

struct Row {
  const char* name;
  Ask ask;
  std::vector<http::Exchange> answers;
  std::vector<const char*> operations;
};

class OptionsOf : public ::testing::TestWithParam<Row> {
 protected:
  struct Attempt {
    std::string operation, accountId, orderId;
    int resends;
    const void* context;
  };

  OptionsOf() {
    client.retry.maxAttempts = 2;
    client.observer = [this](const AttemptEvent& event) {
      const std::lock_guard lock(mutex_);
      attempts.push_back({std::string(event.operation), std::string(event.accountId), std::string(event.orderId),
                          event.httpRequestResendCount, event.context});
    };
    log.cold = [](http::TimePoint) { return 2; };
    log.answer = test::script(GetParam().answers);
  }

  void ask() {
    call::CallPipeline pipeline = test::makePipeline(log, client);
    GetParam().ask(pipeline, options);
  }

  // Every attempt meets silence, for a second of the fake clock.
  void askInVain() {
    log.answer = [](const http::HttpRequest&) { return failed(http::Failure::TimedOut, 1); };
    log.timePerAttempt = 1s;
    ask();
    ASSERT_THAT(attempts, Not(IsEmpty()));
  }

  [[nodiscard]] int mostResends() const {
    const auto byResends = [](const Attempt& a, const Attempt& b) { return a.resends < b.resends; };
    return std::max_element(attempts.begin(), attempts.end(), byResends)->resends;
  }

  ClientOptions client;
  CallOptions options;
  test::FakeTransport::Log log;
  std::vector<Attempt> attempts;

 private:
  std::mutex mutex_;
};

TEST_P(OptionsOf, NameEveryAttemptAfterThePublicFunction) {
  ask();
  std::vector<std::string> operations;
  for (const Attempt& attempt : attempts) {
    operations.push_back(attempt.operation);
    EXPECT_EQ(attempt.accountId, attempt.operation == "getClock" ? "" : account().str());
    const bool isOfOneOrder = attempt.operation == "cancelOrder" || attempt.operation == "getOrder";
    EXPECT_EQ(attempt.orderId, isOfOneOrder ? "one" : "");
  }
  EXPECT_THAT(operations, ElementsAreArray(GetParam().operations));
}

TEST_P(OptionsOf, GiveTheirContextToEveryAttempt) {
  const auto context = std::make_shared<const int>(1);
  options.context = context;
  ask();
  ASSERT_THAT(attempts, SizeIs(GetParam().operations.size()));
  for (const Attempt& attempt : attempts) EXPECT_EQ(attempt.context, context.get());
}

TEST_P(OptionsOf, GiveNoContextWhereThereIsNone) {
  ask();
  ASSERT_THAT(attempts, SizeIs(GetParam().operations.size()));
  for (const Attempt& attempt : attempts) EXPECT_EQ(attempt.context, nullptr);
}

TEST_P(OptionsOf, BoundEveryAttemptByItsTimeOut) {
  options.attemptTimeout = 70ms;
  ask();
  ASSERT_THAT(log.limits, SizeIs(GetParam().operations.size()));
  for (std::size_t i = 0; i < log.limits.size(); ++i) EXPECT_EQ(log.limits[i].deadline, log.starts[i] + 70ms) << i;
}

TEST_P(OptionsOf, BoundEveryAttemptByTheDeadline) {
  const http::TimePoint start = log.now;
  options.deadline = 3s;
  askInVain();
  for (const http::Limits& limits : log.limits) EXPECT_LE(limits.deadline, start + 3s);
}

TEST_P(OptionsOf, BoundTheAttemptsOfEachRequest) {
  client.retry.maxAttempts = 9;
  client.deadline = 60s;
  options.deadline = 60s;
  options.maxAttempts = 1;
  askInVain();
  EXPECT_EQ(mostResends(), 0);
  attempts.clear();
  log.now = {};
  options.maxAttempts = 2;
  askInVain();
  EXPECT_EQ(mostResends(), 1);
}

TEST_P(OptionsOf, GiveTheirStopToEveryAttempt) {
  StopSource stop;
  options.stop = stop.token();
  ask();
  stop.requestStop();
  ASSERT_THAT(log.limits, SizeIs(GetParam().operations.size()));
  for (const http::Limits& limits : log.limits) EXPECT_TRUE(limits.stop.stopRequested());
}

constexpr const char* kCancel = "cancelOrder";
constexpr const char* kRead = "getOrder";
constexpr const char* kReadOwn = "getOrderByClientOrderId";
constexpr const char* kCancelAll = "cancelAllOrders";
constexpr const char* kList = "listOrders";
constexpr const char* kClock = "getClock";

INSTANTIATE_TEST_SUITE_P(
    Calls, OptionsOf,
    ::testing::Values(
        Row{"ACancel", cancel, {answered(502), answered(204)}, {kCancel, kCancel}},
        Row{"ARead", read, {kSilence, answered(200, orderBody("new"))}, {kRead, kRead}},
        Row{"AReadByClientOrderId", readOwn, {kSilence, answered(404)}, {kReadOwn, kReadOwn}},
        Row{"AListOfAnAsynchronousCall", listLater, {kSilence, answered(200, "[]")}, {kList, kList}},
        Row{"AList", list, {page(0, 500), kSilence, page(499, 2), page(500, 1)}, {kList, kList, kList, kList}},
        Row{"CancelAll", cancelAll, {kSilence, answered(200, "[]")}, {kCancelAll, kList}},
        Row{"AConfirmation",
            confirm,
            {kSilence, kSilence, answered(200, orderBody("new")), answered(204), answered(200, orderBody("canceled"))},
            {kCancel, kCancel, kRead, kCancel, kRead}},
        Row{"ABatchOfConfirmations",
            confirmTwo,
            {answered(502), answered(204), kSilence, answered(200, orderBody("canceled"))},
            {kCancel, kCancel, kRead, kRead}},
        Row{"ABatch", cancelTwo, {answered(502), answered(204)}, {kCancel, kCancel}},
        Row{"AKillSwitch",
            kill,
            {answered(207, "[]"), answered(200, "[" + orderBody("new") + "]"), answered(200, "[]"), answered(204),
             answered(200, "[]"), answered(200, "[]"), answered(200, "[]"), answered(200, orderBody("canceled"))},
            {kCancelAll, kList, kList, kCancel, kList, kList, kList, kRead}},
        Row{"AWarmUp", warm, {answered(200, test::clockBody()), answered(200, test::clockBody())}, {kClock, kClock}}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::workflows

#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"
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
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAreArray;
using ::testing::Eq;
using ::testing::IsNull;
using ::testing::SizeIs;
using namespace std::chrono_literals;

using Context = std::shared_ptr<const void>;

// --- every kind of call ----------------------------------------------------------------------------------------------

CallOptions with(const Context& context) {
  CallOptions options;
  options.context = context;
  return options;
}

void cancel(call::CallPipeline& pipeline, const Context& context) {
  EXPECT_TRUE(pipeline.call(endpoints::cancel_order::operation(account(), order("one")), with(context)));
}

void read(call::CallPipeline& pipeline, const Context& context) {
  EXPECT_TRUE(pipeline.call(endpoints::get_order::operation(account(), order("one")), with(context)));
}

void list(call::CallPipeline& pipeline, const Context& context) {
  EXPECT_EQ(listOrders(pipeline, account(), {}, with(context), pipeline.now())->size(), 501U);
}

void cancelAll(call::CallPipeline& pipeline, const Context& context) {
  EXPECT_TRUE(cancelAllOrders(pipeline, account(), with(context))->doubt);
}

void confirm(call::CallPipeline& pipeline, const Context& context) {
  ConfirmOptions options;
  options.call.context = context;
  EXPECT_EQ(cancelAndConfirm(pipeline, account(), order("one"), options)->outcome, CancelOutcome::Canceled);
}

void confirmTwo(call::CallPipeline& pipeline, const Context& context) {
  BatchConfirmOptions options;
  options.concurrency = 1;
  options.confirm.call.context = context;
  const std::vector<OrderRef> orders{{account(), order("one")}, {account(), order("two")}};
  EXPECT_TRUE(cancelOrdersAndConfirm(pipeline, orders, options)->allFinal());
}

void cancelTwo(call::CallPipeline& pipeline, const Context& context) {
  BatchOptions options;
  options.call.context = context;
  EXPECT_TRUE(cancelOrders(pipeline, {{account(), order("one")}, {account(), order("two")}}, options)->allAccepted());
}

void kill(call::CallPipeline& pipeline, const Context& context) {
  KillSwitchOptions options;
  options.call.context = context;
  EXPECT_EQ(killSwitch(pipeline, {account()}, options)->accounts.at(0).canceled.size(), 1U);
}

void warm(call::CallPipeline& pipeline, const Context& context) { EXPECT_TRUE(warmUp(pipeline, 2, with(context))); }

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
  void (*ask)(call::CallPipeline& pipeline, const Context& context);
  std::vector<http::Exchange> answers;
  std::vector<const char*> requests;
};

class ContextOf : public ::testing::TestWithParam<Row> {
 protected:
  ContextOf() {
    client.retry.maxAttempts = 2;
    client.observer = [this](const AttemptEvent& event) {
      const std::lock_guard lock(mutex_);
      requests.push_back(std::string(event.httpRequestMethod) + ' ' + std::string(event.urlTemplate));
      contexts.push_back(event.context);
    };
    log.cold = [](http::TimePoint) { return 2; };
    log.answer = test::script(GetParam().answers);
  }

  ClientOptions client;
  test::FakeTransport::Log log;
  std::vector<std::string> requests;
  std::vector<const void*> contexts;

 private:
  std::mutex mutex_;
};

TEST_P(ContextOf, GoesWithEveryAttempt) {
  call::CallPipeline pipeline = test::makePipeline(log, client);
  const auto context = std::make_shared<const int>(1);
  GetParam().ask(pipeline, context);
  EXPECT_THAT(requests, ElementsAreArray(GetParam().requests));
  EXPECT_THAT(contexts, Each(Eq(context.get())));
}

TEST_P(ContextOf, IsNullWhereNoneIsGiven) {
  call::CallPipeline pipeline = test::makePipeline(log, client);
  GetParam().ask(pipeline, nullptr);
  EXPECT_THAT(contexts, AllOf(SizeIs(GetParam().requests.size()), Each(IsNull())));
}

constexpr const char* kCancel = "DELETE /v1/trading/accounts/{account_id}/orders/{order_id}";
constexpr const char* kRead = "GET /v1/trading/accounts/{account_id}/orders/{order_id}";
constexpr const char* kCancelAll = "DELETE /v1/trading/accounts/{account_id}/orders";
constexpr const char* kList = "GET /v1/trading/accounts/{account_id}/orders";
constexpr const char* kClock = "GET /v1/clock";

INSTANTIATE_TEST_SUITE_P(
    Calls, ContextOf,
    ::testing::Values(
        Row{"ACancel", cancel, {answered(502), answered(204)}, {kCancel, kCancel}},
        Row{"ARead", read, {kSilence, answered(200, orderBody("new"))}, {kRead, kRead}},
        Row{"AList", list, {page(0, 500), kSilence, page(499, 2), page(500, 1)}, {kList, kList, kList, kList}},
        Row{"CancelAll", cancelAll, {kSilence, answered(200, "[]")}, {kCancelAll, kList}},
        Row{"AConfirmation",
            confirm,
            {kSilence, kSilence, answered(200, orderBody("new")), answered(204), answered(200, orderBody("canceled"))},
            {kCancel, kCancel, kRead, kCancel, kRead}},
        Row{"ABatchOfConfirmations",
            confirmTwo,
            {answered(204), answered(204), answered(200, orderBody("canceled", "one")),
             answered(200, orderBody("canceled", "two"))},
            {kCancel, kCancel, kRead, kRead}},
        Row{"ABatch", cancelTwo, {answered(502), answered(204), answered(204)}, {kCancel, kCancel, kCancel}},
        Row{"AKillSwitch",
            kill,
            {answered(207, "[]"), answered(200, "[" + orderBody("new") + "]"), answered(200, "[]"), answered(204),
             answered(200, "[]"), answered(200, "[]"), answered(200, "[]"), answered(200, orderBody("canceled"))},
            {kCancelAll, kList, kList, kCancel, kList, kList, kList, kRead}},
        Row{"AWarmUp", warm, {answered(200, test::clockBody()), answered(200, test::clockBody())}, {kClock, kClock}}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::workflows

// What the documentation says of every call, tried with every call.
#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using ::testing::Each;
using ::testing::HasSubstr;
using testing::MockBroker;
using testing::MockBrokerOptions;
using ::testing::SizeIs;
using namespace std::chrono_literals;

// What all results have in common.
struct Ended {
  bool ok = false;
  CallInfo call;
  std::optional<Error> error;
};

template <class T>
Ended ended(const Result<T>& result) {
  return {bool(result), result.call(), result ? std::nullopt : std::optional<Error>(result.error())};
}

template <class Options>
Options within(const CallOptions& call) {
  Options options;
  options.call = call;
  return options;
}

BatchConfirmOptions confirmWithin(const CallOptions& call) {
  BatchConfirmOptions options;
  options.confirm.call = call;
  return options;
}

struct Row {
  const char* name;
  const char* operation;
  std::function<Ended(const BrokerClient& client, const CallOptions& options)> call;
};

class EveryCall : public ::testing::TestWithParam<Row> {
 protected:
  EveryCall() {
    MockBrokerOptions setUp;
    setUp.cancelTakes = 0ms;
    mock = std::make_unique<MockBroker>(std::move(setUp));
    Order open;
    open.id = order();
    open.clientOrderId = "mine";
    mock->addOrder(account(), open);
    options = mock->clientOptions();
    options.retry.maxAttempts = 1;
    options.onCallEnd = [this](const CallEvent& event) {
      const std::lock_guard lock(mutex);
      operations.emplace_back(event.operation);
      errors.push_back(event.error == nullptr ? std::nullopt : std::optional<ErrorKind>(event.error->kind));
      endCalls.push_back(*event.call);
      contexts.push_back(event.context);
    };
    options.observer = [this](const AttemptEvent& event) {
      const std::lock_guard lock(mutex);
      contexts.push_back(event.context);
      ++attempts;
    };
  }

  Ended run(const CallOptions& call = {}) {
    const BrokerClient client{mock->credentials(), options};
    return GetParam().call(client, call);
  }

  std::unique_ptr<MockBroker> mock;
  ClientOptions options;
  std::mutex mutex;
  std::vector<std::string> operations;
  std::vector<std::optional<ErrorKind>> errors;
  std::vector<CallInfo> endCalls;
  std::vector<const void*> contexts;
  std::size_t attempts = 0;
};

TEST_P(EveryCall, CarriesItsCallInfoOnSuccess) {
  const Ended end = run();
  ASSERT_TRUE(end.ok) << end.error->message;
  EXPECT_GE(end.call.attempts, 1);
  EXPECT_GE(end.call.sends, 1);
  EXPECT_GT(end.call.elapsed, 0ns);
  const bool isBatch = std::string(GetParam().operation) == "cancelOrders";  // its entries have them
  EXPECT_EQ(end.call.requestId.empty(), isBatch);
  EXPECT_EQ(end.call.rateLimit.has_value(), !isBatch);
}

TEST_P(EveryCall, HasOneEventAtItsEnd) {
  const auto context = std::make_shared<const int>(7);
  CallOptions call;
  call.context = context;
  const Ended end = run(call);
  ASSERT_TRUE(end.ok) << end.error->message;
  ASSERT_THAT(operations, SizeIs(1));
  EXPECT_EQ(operations[0], GetParam().operation);
  EXPECT_EQ(errors[0], std::nullopt);
  EXPECT_GE(endCalls[0].sends, 1);
  EXPECT_EQ(endCalls[0].attempts, end.call.attempts);
  EXPECT_THAT(contexts, Each(static_cast<const void*>(context.get())));
  EXPECT_EQ(contexts.size(), attempts + 1) << "of each attempt, and of the end";
}

TEST_P(EveryCall, RefusesUnusableOptionsBeforeAnythingIsSent) {
  const std::vector<std::pair<std::function<void(CallOptions&)>, const char*>> faults{
      {[](CallOptions& call) { call.deadline = 0ms; }, "CallOptions::deadline is 0 ms"},
      {[](CallOptions& call) { call.attemptTimeout = 25h; }, "CallOptions::attemptTimeout is 90000000 ms"},
      {[](CallOptions& call) { call.maxAttempts = 101; }, "CallOptions::maxAttempts is 101"}};
  for (const auto& [spoil, words] : faults) {
    CallOptions call;
    spoil(call);
    const Ended end = run(call);
    ASSERT_FALSE(end.ok);
    EXPECT_EQ(end.error->kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(end.error->message, HasSubstr(words));
    EXPECT_FALSE(end.error->maybeApplied);
    EXPECT_EQ(end.call.sends, 0);
    EXPECT_EQ(operations.back(), GetParam().operation) << "a refused call has an end, too";
    EXPECT_EQ(errors.back(), ErrorKind::InvalidArgument);
  }
  EXPECT_EQ(mock->requestCount(), 0U);
  EXPECT_THAT(operations, SizeIs(faults.size()));
}

TEST_P(EveryCall, SendsNothingAfterAStop) {
  StopSource source;
  source.requestStop();
  CallOptions call;
  call.stop = source.token();
  run(call);
  EXPECT_EQ(mock->requestCount(), 0U);
  EXPECT_THAT(operations, SizeIs(1));
}

// A request that was sent and never answered: nothing claims to know, and no call outlasts its deadline by far.
TEST_P(EveryCall, ReturnsByItsDeadlineFromABrokerThatNeverAnswers) {
  mock->injectFaults(1.0, 1, {testing::MockFault::Stall});
  CallOptions call;
  call.deadline = 300ms;
  const auto start = std::chrono::steady_clock::now();
  const Ended end = run(call);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
  EXPECT_GE(end.call.sends, end.ok ? 1 : 0);
  if (end.error) {
    EXPECT_TRUE(end.error->kind == ErrorKind::InDoubt || end.error->maybeApplied) << end.error->message;
  }
  EXPECT_THAT(operations, SizeIs(1));
}

TEST_P(EveryCall, OnAMovedFromClientSaysSo) {
  BrokerClient client{mock->credentials(), options};
  const BrokerClient taken{std::move(client)};
  const Ended end = GetParam().call(client, {});  // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
  ASSERT_FALSE(end.ok);
  EXPECT_EQ(end.error->kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(mock->requestCount(), 0U);
}

// NOLINTBEGIN(readability-identifier-naming): the names are the functions'
INSTANTIATE_TEST_SUITE_P(
    OfTheClient, EveryCall,
    ::testing::Values(
        Row{"CancelOrder", "cancelOrder",
            [](const auto& client, const auto& call) { return ended(client.cancelOrder(account(), order(), call)); }},
        Row{"GetOrder", "getOrder",
            [](const auto& client, const auto& call) { return ended(client.getOrder(account(), order(), call)); }},
        Row{"GetOrderByClientOrderId", "getOrderByClientOrderId",
            [](const auto& client, const auto& call) {
              return ended(client.getOrderByClientOrderId(account(), test::clientOrder(), call));
            }},
        Row{"ListOrders", "listOrders",
            [](const auto& client, const auto& call) { return ended(client.listOrders(account(), {}, call)); }},
        Row{"CancelAllOrders", "cancelAllOrders",
            [](const auto& client, const auto& call) { return ended(client.cancelAllOrders(account(), call)); }},
        Row{"CancelOrders", "cancelOrders",
            [](const auto& client, const auto& call) {
              return ended(client.cancelOrders({{account(), order()}}, within<BatchOptions>(call)));
            }},
        Row{"CancelOrderAndConfirm", "cancelOrderAndConfirm",
            [](const auto& client, const auto& call) {
              return ended(client.cancelOrderAndConfirm(account(), order(), within<ConfirmOptions>(call)));
            }},
        Row{"CancelOrdersAndConfirm", "cancelOrdersAndConfirm",
            [](const auto& client, const auto& call) {
              return ended(client.cancelOrdersAndConfirm({{account(), order()}}, confirmWithin(call)));
            }},
        Row{"KillSwitch", "killSwitch",
            [](const auto& client, const auto& call) {
              return ended(client.killSwitch({account()}, within<KillSwitchOptions>(call)));
            }},
        Row{"WarmUp", "warmUp", [](const auto& client, const auto& call) { return ended(client.warmUp(1, {call})); }},
        Row{"CancelOrderAsync", "cancelOrder",
            [](const auto& client, const auto& call) {
              return ended(future::cancelOrder(client, account(), order(), call).get());
            }},
        Row{"GetOrderAsync", "getOrder",
            [](const auto& client, const auto& call) {
              return ended(future::getOrder(client, account(), order(), call).get());
            }},
        Row{"ListOrdersAsync", "listOrders",
            [](const auto& client, const auto& call) {
              return ended(future::listOrders(client, account(), {}, call).get());
            }},
        Row{"CancelOrderAndConfirmAsync", "cancelOrderAndConfirm",
            [](const auto& client, const auto& call) {
              return ended(
                  future::cancelOrderAndConfirm(client, account(), order(), within<ConfirmOptions>(call)).get());
            }}),
    test::kByName);
// NOLINTEND(readability-identifier-naming)

}  // namespace
}  // namespace alpaca::broker

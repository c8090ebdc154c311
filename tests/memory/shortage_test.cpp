// Every call promises: when memory runs out, it throws std::bad_alloc and nothing else, or returns a true result.
// Afterwards the client works as before.
#include "memory/desk.hpp"
#include "memory/failing_allocations.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <alpaca/broker/future.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::Counter;
using test::Desk;
using test::FailingAllocations;
using namespace std::chrono_literals;

/// Selects the allocations that fail during the lifetime of `arm()`'s result.
struct Arm {
  std::size_t first;
  std::size_t count;
  bool withOpenSsl;
  FailingAllocations operator()() const { return {first, count, withOpenSsl}; }
};

struct Row {
  const char* name;
  void (*call)(Desk& desk, BrokerClient& client, const Arm& arm);
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

// The result of a call, if it has one.
template <class Call>
auto orBadAlloc(const Arm& arm, Call call) -> std::optional<decltype(call())> {
  const FailingAllocations failing = arm();
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return std::nullopt;
  }
}

void cancel(Desk& desk, BrokerClient& client, const Arm& arm) {
  const OrderId order = desk.nextOrder();
  const auto result = orBadAlloc(arm, [&] { return client.cancelOrder(account(), order); });
  result ? desk.expectHonest(order, *result) : desk.expectNotSent(order);
}

void get(Desk& desk, BrokerClient& client, const Arm& arm) {
  const OrderId order = desk.nextOrder();
  const auto result = orBadAlloc(arm, [&] { return client.getOrder(account(), order); });
  if (result && *result) {
    EXPECT_EQ((*result)->id, order);
  }
}

void list(Desk& /*desk*/, BrokerClient& client, const Arm& arm) {
  OrderFilter filter;
  filter.status = OrderFilter::Status::Closed;
  const auto result = orBadAlloc(arm, [&] { return client.listOrders(account(), filter); });
  if (result && *result) {
    EXPECT_EQ((*result)->size(), 2U);
  }
}

void cancelAll(Desk& /*desk*/, BrokerClient& client, const Arm& arm) {
  const auto result = orBadAlloc(arm, [&] { return client.cancelAllOrders(account()); });
  if (result && *result && !(*result)->doubt) {
    EXPECT_EQ((*result)->entries.size(), 2U);
  }
}

void batch(Desk& desk, BrokerClient& client, const Arm& arm) {
  std::vector<OrderRef> orders;
  orders.reserve(5);
  for (int i = 0; i < 4; ++i) orders.push_back({account(), desk.nextOrder()});
  orders.push_back(orders.front());
  BatchOptions options;
  options.concurrency = 4;
  std::size_t results = 0;
  options.progress = [&results](const BatchProgress& progress) { results = progress.done; };
  const auto report = orBadAlloc(arm, [&] { return client.cancelOrders(orders, options); });
  if (!report) return;
  EXPECT_EQ(results, 4U);
  ASSERT_TRUE(*report);
  ASSERT_EQ(report->value().entries.size(), orders.size());
  for (const BatchEntry& entry : report->value().entries) desk.expectHonest(entry.target.orderId, entry.result);
}

void confirm(Desk& desk, BrokerClient& client, const Arm& arm) {
  const OrderId order = desk.nextOrder();
  ConfirmOptions options;
  options.call.deadline = 200ms;
  options.pollBase = 1ms;
  const auto result = orBadAlloc(arm, [&] { return client.cancelOrderAndConfirm(account(), order, options); });
  if (!result) desk.expectNotSent(order);
  if (result && !*result) desk.expectHonest(order, result->error());
}

// A confirmation that has sent its cancel never throws, so that the send is reported.
void confirmTwo(Desk& desk, BrokerClient& client, const Arm& arm) {
  const std::vector<OrderRef> orders{{account(), desk.nextOrder()}, {account(), desk.nextOrder()}};
  BatchConfirmOptions options;
  options.confirm.call.deadline = 200ms;
  options.confirm.pollBase = 1ms;
  options.progress = [](const BatchConfirmProgress&) {};
  const auto report = orBadAlloc(arm, [&] { return client.cancelOrdersAndConfirm(orders, options); });
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (!report || !*report) {
      desk.expectNotSent(orders[i].orderId);
    } else if (const auto& result = (*report)->entries[i].result; !result) {
      desk.expectHonest(orders[i].orderId, result.error());
    }
  }
}

void confirmAsync(Desk& desk, BrokerClient& client, const Arm& arm) {
  const OrderId order = desk.nextOrder();
  ConfirmOptions options;
  options.call.deadline = 200ms;
  options.pollBase = 1ms;
  Counter arrived;
  std::optional<Result<CancelConfirmation>> result;
  bool submitted = false;
  {
    const FailingAllocations failing = arm();
    try {
      const auto take = [&](Result<CancelConfirmation> confirmation) {
        result.emplace(std::move(confirmation));
        arrived.add();
      };
      submitted = bool(client.cancelOrderAndConfirmAsync(account(), order, take, options));
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): then it is not submitted
    }
    EXPECT_TRUE(!submitted || arrived.waitFor(1));
  }
  ASSERT_EQ(arrived.count(), submitted ? 1 : 0);
  if (!result) desk.expectNotSent(order);
  if (result && !*result) desk.expectHonest(order, result->error());
}

void killSwitch(Desk& /*desk*/, BrokerClient& client, const Arm& arm) {
  KillSwitchOptions options;
  options.call.deadline = 200ms;
  options.progress = [](const KillSwitchProgress&) {};
  static_cast<void>(orBadAlloc(arm, [&] { return client.killSwitch({account()}, options); }));
}

void warmUp(Desk& /*desk*/, BrokerClient& client, const Arm& arm) {
  static_cast<void>(orBadAlloc(arm, [&] { return client.warmUp(3); }));
}

void cancelAsync(Desk& desk, BrokerClient& client, const Arm& arm) {
  const OrderId order = desk.nextOrder();
  Counter arrived;
  std::optional<Result<CancelAccepted>> result;
  bool submitted = false;
  {
    const FailingAllocations failing = arm();
    try {
      submitted = bool(client.cancelOrderAsync(account(), order, [&](Result<CancelAccepted> results) {
        result.emplace(std::move(results));
        arrived.add();
      }));
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): then it is not submitted
    }
    EXPECT_TRUE(!submitted || arrived.waitFor(1));
  }
  ASSERT_EQ(arrived.count(), submitted ? 1 : 0);
  result ? desk.expectHonest(order, *result) : desk.expectNotSent(order);
}

void listInFuture(Desk& /*desk*/, BrokerClient& client, const Arm& arm) {
  OrderFilter filter;
  filter.status = OrderFilter::Status::Closed;
  const auto result = orBadAlloc(arm, [&] { return future::listOrders(client, account(), filter).get(); });
  if (result && *result) {
    EXPECT_EQ((*result)->size(), 2U);
  }
}

class Shortage : public ::testing::TestWithParam<Row> {
 protected:
  // Makes every allocation fail in turn. Far behind the first ones the steps grow, so that the test ends.
  static void withEach(std::size_t failures, bool withOpenSsl, const std::function<void(const Arm& arm)>& use) {
    for (std::size_t first = 0;; first += 1 + first / 100) {
      SCOPED_TRACE("from allocation " + std::to_string(first) + " on, " + std::to_string(failures) + " failing");
      use({first, failures, withOpenSsl});
      if (!FailingAllocations::happened() || HasFatalFailure()) return;
    }
  }

  static void onOneClient(Desk& desk, std::size_t failures) {
    const auto client = desk.client();
    withEach(failures, true, [&](const Arm& arm) {
      GetParam().call(desk, *client, arm);
      desk.expectUsable(*client);
    });
  }

  static void onNewClients(Desk& desk, std::size_t failures, bool withOpenSsl = true) {
    withEach(failures, withOpenSsl, [&](const Arm& arm) {
      const auto client = desk.client();
      GetParam().call(desk, *client, arm);
      desk.expectUsable(*client);
    });
  }
};

constexpr std::size_t kMany = 30;

TEST_P(Shortage, LeavesAClientThatWasUsedBeforeHonestAndUsable) {
  Desk desk(false);
  onOneClient(desk, 1);
  onOneClient(desk, kMany);
}

TEST_P(Shortage, LeavesANewClientHonestAndUsable) {
  Desk desk(false);
  onNewClients(desk, 1);
  onNewClients(desk, kMany);
}

TEST_P(Shortage, LeavesAClientWithTlsHonestAndUsable) {
  Desk desk(true);
  onOneClient(desk, 1);
  onOneClient(desk, kMany);
}

// Excludes OpenSSL's allocations. If OpenSSL runs out of memory at its first look at the CA certificates, it reports a
// fault in them for good.
TEST_P(Shortage, LeavesANewClientWithTlsHonestAndUsable) {
  Desk desk(true);
  onNewClients(desk, 1, false);
  onNewClients(desk, kMany, false);
}

INSTANTIATE_TEST_SUITE_P(OfMemory, Shortage,
                         ::testing::Values(Row{"Cancel", cancel}, Row{"Get", get}, Row{"List", list},
                                           Row{"CancelAll", cancelAll}, Row{"Batch", batch}, Row{"Confirm", confirm},
                                           Row{"ConfirmTwo", confirmTwo}, Row{"ConfirmAsync", confirmAsync},
                                           Row{"KillSwitch", killSwitch}, Row{"WarmUp", warmUp},
                                           Row{"CancelAsync", cancelAsync}, Row{"ListInFuture", listInFuture}),
                         test::kByName);

void startWithEachFailing(Desk& desk, std::size_t failures) {
  for (std::size_t first = 0;; ++first) {
    std::unique_ptr<BrokerClient> client;
    try {
      const FailingAllocations failing(first, failures);
      client = desk.client();
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): as promised
    } catch (const BrokerError& error) {
      EXPECT_EQ(error.error().kind, ErrorKind::NotSent) << "allocation " << first << ": " << error.what();
    }
    if (client) desk.expectUsable(*client);
    if (!FailingAllocations::happened()) return;
  }
}

TEST(ShortageAtTheStart, BlamesNoOption) {
  Desk desk(false);
  startWithEachFailing(desk, 1);
  startWithEachFailing(desk, kMany);
}

}  // namespace
}  // namespace alpaca::broker

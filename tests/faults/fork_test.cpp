// A child made by fork(): a client of the parent answers Aborted there and sends nothing, whatever the parent's threads
// were at; the parent goes on; and a new client works in the child.
#include "faults/child_of_a_thread.hpp"
#include "faults/child_process.hpp"
#include "faults/patience.hpp"
#include "http/exit_registry.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/row_name.hpp"
#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace alpaca::broker {
namespace {

using test::account;
using test::ChildOfAThread;
using test::clientOrder;
using test::expectInChild;
using test::Gate;
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::ScriptedServer;
using test::TlsScript;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

const Credentials kCredentials{"guard-api-key", "guard-api-secret"};

void acceptAll(Peer& peer) {
  while (!peer.readRequest().empty()) peer.send(kAccepted);
}

// --- every call -----------------------------------------------------------------------------------------------------

// What one way to call gives: an error for each answer. The callback of an asynchronous call must never run.
using Errors = std::vector<Error>;

template <class T>
Errors errorOf(const Result<T>& result) {
  return result ? Errors{} : Errors{result.error()};
}

template <class T>
Callback<T> neverRuns() {
  return [](const Result<T>&) { ADD_FAILURE() << "a callback has run"; };
}

struct Way {
  const char* name;
  std::function<Errors(BrokerClient& client)> call;
};

const std::vector<Way> kWays{
    {"CancelOrder", [](BrokerClient& own) { return errorOf(own.cancelOrder(account(), order())); }},
    {"GetOrder", [](BrokerClient& own) { return errorOf(own.getOrder(account(), order())); }},
    {"GetOrderByClientOrderId",
     [](BrokerClient& own) { return errorOf(own.getOrderByClientOrderId(account(), clientOrder())); }},
    {"ListOrders", [](BrokerClient& own) { return errorOf(own.listOrders(account())); }},
    {"CancelAllOrders", [](BrokerClient& own) { return errorOf(own.cancelAllOrders(account())); }},
    {"CancelOrderAndConfirm", [](BrokerClient& own) { return errorOf(own.cancelOrderAndConfirm(account(), order())); }},
    {"CancelOrders",
     [](BrokerClient& own) {
       return errorOf(own.cancelOrders({{account(), order()}}));
     }},
    {"CancelOrdersAndConfirm",
     [](BrokerClient& own) {
       return errorOf(own.cancelOrdersAndConfirm({{account(), order()}}));
     }},
    {"CancelOrderAndConfirmAsync",
     [](BrokerClient& own) {
       return errorOf(own.cancelOrderAndConfirmAsync(account(), order(), neverRuns<CancelConfirmation>()));
     }},
    {"CancelOrderAndConfirmInAFuture",
     [](BrokerClient& own) { return errorOf(future::cancelOrderAndConfirm(own, account(), order()).get()); }},
    {"KillSwitch", [](BrokerClient& own) { return errorOf(own.killSwitch({account()})); }},
    {"WarmUp", [](BrokerClient& own) { return errorOf(own.warmUp(1)); }},
    {"RotateNow", [](BrokerClient& own) { return errorOf(own.rotateNow()); }},
    {"CancelOrderAsync",
     [](BrokerClient& own) { return errorOf(own.cancelOrderAsync(account(), order(), neverRuns<CancelAccepted>())); }},
    {"CancelOrderInAFuture",
     [](BrokerClient& own) { return errorOf(future::cancelOrder(own, account(), order()).get()); }},
    {"GetOrderAsync",
     [](BrokerClient& own) { return errorOf(own.getOrderAsync(account(), order(), neverRuns<Order>())); }},
    {"GetOrderInAFuture", [](BrokerClient& own) { return errorOf(future::getOrder(own, account(), order()).get()); }},
    {"ListOrdersAsync",
     [](BrokerClient& own) { return errorOf(own.listOrdersAsync(account(), {}, neverRuns<std::vector<Order>>())); }},
    {"ListOrdersAsyncWithAnUnusableFilter",
     [](BrokerClient& own) {
       OrderFilter none;
       none.limit = 0;
       return errorOf(own.listOrdersAsync(account(), none, neverRuns<std::vector<Order>>()));
     }},
    {"ListOrdersInAFuture", [](BrokerClient& own) { return errorOf(future::listOrders(own, account()).get()); }},
};

void expectAborted(const Way& way, BrokerClient& client) {
  const Errors errors = way.call(client);
  EXPECT_EQ(errors.size(), 1U) << way.name;
  for (const Error& error : errors) {
    EXPECT_EQ(toString(error.kind), "Aborted") << way.name << ": " << error.message;
    EXPECT_THAT(error.message,
                HasSubstr("belongs to the parent process: nothing was sent from the child process. Make a new client"));
    EXPECT_FALSE(error.maybeApplied) << way.name;
    EXPECT_EQ(error.call.attempts, 0) << way.name;
  }
}

class InAChild : public ::testing::TestWithParam<Way> {};

TEST_P(InAChild, IsAbortedAndSendsNothing) {
  ScriptedServer server({acceptAll, acceptAll}, TlsScript{});
  const testing::TemporaryFile ca(server.certificate());
  ClientOptions options = oneAttemptAt(server.url());
  options.tls.caFile = ca.path();
  auto client = std::make_unique<BrokerClient>(kCredentials, options);
  ASSERT_TRUE(client->cancelOrder(account(), order()));
  expectInChild([&] {
    expectAborted(GetParam(), *client);
    client.reset();
  });
  EXPECT_TRUE(client->cancelOrder(account(), order()));
  EXPECT_EQ(server.deliveries(), 2);
  EXPECT_EQ(server.connections(), 1);  // the parent's, which the child has not ended
}

INSTANTIATE_TEST_SUITE_P(Ways, InAChild, ::testing::ValuesIn(kWays), test::kByName);

// --- the end of an inherited client ---------------------------------------------------------------------------------

// What the parent is at when the child is made, each held up until the child has ended.
struct Moment {
  const char* name;
  std::function<void(ClientOptions& options, Gate& gate)> set;
  std::function<void(BrokerClient& client)> begin;
  bool answersAtOnce;
};

class WhileTheParent : public ::testing::TestWithParam<Moment> {
 protected:
  WhileTheParent()
      : server({[this](Peer& peer) {
                  while (!peer.readRequest().empty()) {
                    if (!GetParam().answersAtOnce) gate.pass();
                    peer.send(GetParam().answersAtOnce ? test::response("401 Unauthorized", "") : kAccepted);
                  }
                },
                acceptAll}) {
    ClientOptions options = oneAttemptAt(server.url());
    options.maxConnections = 1;
    options.retry.maxAttempts = 2;
    GetParam().set(options, gate);
    client = std::make_unique<BrokerClient>(kCredentials, options);
    call = std::async(std::launch::async, [this] { GetParam().begin(*client); });
    EXPECT_TRUE(gate.waitForArrivals(1));
  }
  ~WhileTheParent() override {
    gate.open();
    call.wait();
  }

  Gate gate;
  ScriptedServer server;
  std::unique_ptr<BrokerClient> client;
  std::future<void> call;
};

void cancelOnce(BrokerClient& client) { static_cast<void>(client.cancelOrder(account(), order())); }

TEST_P(WhileTheParent, AnInheritedClientIsDestroyedAtOnce) {
  const int before = server.deliveries();
  expectInChild([&] {
    cancelOnce(*client);
    client.reset();
  });
  EXPECT_EQ(server.deliveries(), before);
  gate.open();
  call.wait();
  client.reset();
  EXPECT_EQ(server.connections(), 1);  // the parent's calls went on with it
}

TEST_P(WhileTheParent, AnInheritedClientIsReplacedByOneThatWorks) {
  ScriptedServer other({acceptAll});
  expectInChild([&] {
    *client = BrokerClient(kCredentials, oneAttemptAt(other.url()));
    EXPECT_TRUE(client->cancelOrder(account(), order("child")));
    client.reset();
  });
  EXPECT_EQ(other.deliveriesOf("child").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Is, WhileTheParent,
                         ::testing::Values(Moment{"InACall", [](ClientOptions&, Gate&) {}, cancelOnce, false},
                                           Moment{"InAnAsynchronousCallWithMoreThatWait", [](ClientOptions&, Gate&) {},
                                                  [](BrokerClient& own) {
                                                    for (int i = 0; i < 3; ++i) {
                                                      static_cast<void>(
                                                          own.cancelOrderAsync(account(), order(), [](const auto&) {}));
                                                    }
                                                  },
                                                  false},
                                           Moment{"AskingItsProvider",
                                                  [](ClientOptions& options, Gate& gate) {
                                                    options.rotation.provider = [&] {
                                                      gate.pass();
                                                      return Credentials{"next-api-key", "next-api-secret"};
                                                    };
                                                  },
                                                  cancelOnce, true},
                                           Moment{"KeepingConnectionsWarm",
                                                  [](ClientOptions& options, Gate&) {
                                                    options.keepWarm = {1, 30s};
                                                  },
                                                  [](BrokerClient&) {}, false}),
                         test::kByName);

// --- locks that are held for ever ------------------------------------------------------------------------------------

// Without waiting for a quiet moment, unlike `inChild`: the locks are to be held.
template <class Work>
void expectInChildAtOnce(Work work) {
  ChildOfAThread child;
  child.fork();
  if (child.isHere()) {
    work();
    std::fflush(nullptr);
    ::_exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  EXPECT_EQ(child.wait(), 0);
}

class Busy {
 public:
  explicit Busy(const std::function<void()>& work, int threads = 4) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this, work] {
        while (!over_) work();
      });
    }
  }
  ~Busy() {
    over_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  std::atomic<bool> over_{false};
  std::vector<std::thread> threads_;
};

constexpr int kChildren = 25;

class ChildUnderLoad : public ::testing::Test {
 protected:
  void SetUp() override {
    if (test::kSanitized) GTEST_SKIP() << "the sanitizers' own locks would be held in the child";
  }
};

TEST_F(ChildUnderLoad, NeitherSendsNorHangs) {
  ScriptedServer server(std::vector<ScriptedServer::Script>(4, acceptAll));
  ClientOptions options = oneAttemptAt(server.url());
  options.maxConnections = 4;
  options.rotation.provider = [] { return kCredentials; };
  auto client = std::make_unique<BrokerClient>(kCredentials, options);
  std::atomic<int> sent{0};
  {
    const Busy busy([&, own = client.get()] {
      sent += own->cancelOrder(account(), order()) ? 1 : 0;
      sent += future::cancelOrder(*own, account(), order()).get() ? 1 : 0;
    });
    for (int i = 0; i < kChildren && !HasFailure(); ++i) {
      expectInChildAtOnce([&] {
        for (const Way& way : kWays) expectAborted(way, *client);
        client.reset();
      });
    }
  }
  EXPECT_EQ(server.deliveries(), sent);
}

class Registered : public http::EndsAtExit {
 public:
  void close() noexcept override {}
  void release(TimePoint) noexcept override {}

 private:
  http::ExitRegistration registration_{*this};
};

TEST_F(ChildUnderLoad, RegistersItsOwnClientsForTheExit) {
  const Busy busy([] { const Registered other; });
  for (int i = 0; i < kChildren && !HasFailure(); ++i) {
    expectInChildAtOnce([] {
      const Registered own;
      const http::ClientEnding ending;
      EXPECT_FALSE(ending.isTooLate());
    });
  }
}

}  // namespace
}  // namespace alpaca::broker

// What the client does to, and withstands from, the process around it: a name look-up that hangs, signals, fork(), and
// its own end while calls are running.
#include "faults/child_process.hpp"
#include "faults/names.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

#include <dlfcn.h>

#include <atomic>
#include <csignal>
#include <future>
#include <thread>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define BROKER_COUNTS_SIGACTIONS 1
namespace {

std::atomic<int> sigactions{0};

}  // namespace

// Defined here, it takes precedence over the C library's for libcurl, too.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
extern "C" int sigaction(int signal, const struct sigaction* action, struct sigaction* old) noexcept {
  ++sigactions;
  using Function = int(int, const struct sigaction*, struct sigaction*);
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, "sigaction"))(signal, action, old);
}
#endif

namespace alpaca::broker {
namespace {

using test::account;
using test::destroyInChild;
using test::Gate;
using test::inChild;
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::ScriptedServer;
using test::TlsScript;
using test::useInChild;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

const Credentials kCredentials{"guard-api-key", "guard-api-secret"};

TEST(ProcessGuard, TheDeadlineHoldsWhileTheNameIsLookedUp) {
  const ClientOptions options = oneAttemptAt(std::string("https://") + test::kBlackHole);
  const auto start = Clock::now();
  {
    BrokerClient client{kCredentials, options};
    const auto result = client.cancelOrder(account(), order(), CallOptions{300ms});
    EXPECT_EQ(result.error().kind, ErrorKind::NotSent) << result.error().message;
    EXPECT_LT(result.error().call.elapsed, 2s);
  }
  EXPECT_LT(Clock::now() - start, 2s);  // and destroying the client does not wait for the look-up either
}

TEST(ProcessGuard, SignalHandlersAreLeftAlone) {
#ifdef BROKER_COUNTS_SIGACTIONS
  ScriptedServer server({[](Peer& peer) {
    peer.answer(kAccepted);
    peer.answer(kAccepted);
  }});
  BrokerClient client{kCredentials, oneAttemptAt(server.url())};
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  const int before = sigactions;
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  EXPECT_EQ(sigactions, before);
#else
  GTEST_SKIP() << "the sanitizer's runtime has sigaction for itself";
#endif
}

TEST(ProcessGuard, AChildLeavesTheParentsTlsConnectionAlone) {
  std::atomic<int> strayed{0};
  // The first connection is the parent's, the second one the child's.
  const auto serve = [&](const char* owner) {
    return [&strayed, owner](Peer& peer) {
      for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest()) {
        if (request.find(owner) == std::string::npos) ++strayed;
        peer.send(kAccepted);
      }
    };
  };
  ScriptedServer server({serve("/orders/parent "), serve("/orders/child ")}, TlsScript{});
  const testing::TemporaryFile ca(server.certificate());
  ClientOptions options = oneAttemptAt(server.url());
  options.tls.caFile = ca.path();
  auto client = std::make_unique<BrokerClient>(kCredentials, options);
  ASSERT_TRUE(client->cancelOrder(account(), order("parent")));

  // The child cancels on a connection of its own, reuses it, and destroys its copy of the client.
  const auto cancelTwice = [](BrokerClient& own) {
    return own.cancelOrder(account(), order("child")) && own.cancelOrder(account(), order("child"));
  };
  EXPECT_EQ(useInChild(client, cancelTwice), 0);
  // Another child destroys its copy without ever having used it.
  EXPECT_EQ(destroyInChild(client), 0);

  ASSERT_TRUE(client->cancelOrder(account(), order("parent")));
  ASSERT_TRUE(client->cancelOrder(account(), order("parent")));
  EXPECT_EQ(server.connections(), 2);
  EXPECT_EQ(strayed, 0);
}

TEST(ProcessGuard, AChildCanCallWhileAThreadOfTheParentIsInACall) {
  Gate held;
  ScriptedServer server({[&](Peer& peer) {
                           peer.readRequest();
                           held.pass();
                           peer.send(kAccepted);
                         },
                         [](Peer& peer) { peer.answer(kAccepted); }});
  ClientOptions options = oneAttemptAt(server.url());
  options.maxConnections = 1;  // the parent's only slot is taken; the child has one of its own
  BrokerClient client{kCredentials, options};
  auto parent = std::async(std::launch::async, [&] { return client.cancelOrder(account(), order()); });
  ASSERT_TRUE(held.waitForArrivals(1));
  EXPECT_EQ(inChild([&] { return client.cancelOrder(account(), order()) ? 0 : 1; }), 0);
  held.open();
  EXPECT_TRUE(parent.get());
}

TEST(ProcessGuard, AChildHasThreadsOfItsOwnForAsynchronousCalls) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer allows no threads in a child of a process that has some";
#endif
  Gate held;
  ScriptedServer server({[&](Peer& peer) {
                           peer.readRequest();
                           held.pass();
                           peer.send(kAccepted);
                           peer.answer(kAccepted);
                         },
                         [](Peer& peer) { peer.answer(kAccepted); }});
  ClientOptions options = oneAttemptAt(server.url());
  options.maxConnections = 1;  // the parent's only thread is busy
  auto client = std::make_unique<BrokerClient>(kCredentials, options);
  auto running = client->cancelOrderAsync(account(), order());
  ASSERT_TRUE(held.waitForArrivals(1));
  auto waiting = client->cancelOrderAsync(account(), order());

  EXPECT_EQ(useInChild(client, [](BrokerClient& own) { return own.cancelOrderAsync(account(), order()).get(); }), 0);
  // Another child destroys its copy without ever having used it: nothing there to wait for.
  EXPECT_EQ(destroyInChild(client), 0);

  held.open();
  EXPECT_TRUE(running.get());
  EXPECT_TRUE(waiting.get());
  EXPECT_EQ(server.deliveries(), 3);
}

TEST(ProcessGuard, DestroyingTheClientEndsTheCallsThatRunOnOtherThreads) {
  std::promise<void> received;
  ScriptedServer server({[&](Peer& peer) {
    peer.readRequest();
    received.set_value();
    peer.waitForClose();
  }});
  ClientOptions options = oneAttemptAt(server.url());
  options.maxConnections = 1;
  auto client = std::make_unique<BrokerClient>(kCredentials, options);
  BrokerClient& shared = *client;
  auto onTheWire = std::async(std::launch::async, [&] { return shared.cancelOrder(account(), order()); });
  received.get_future().wait();
  std::promise<void> started;
  auto waiting = std::async(std::launch::async, [&] {
    started.set_value();
    return shared.cancelOrder(account(), order("second"));
  });
  started.get_future().wait();
  std::this_thread::sleep_for(300ms);  // no call may begin once the destructor runs: let the second one get inside

  const auto start = Clock::now();
  client.reset();
  const auto sent = onTheWire.get();
  EXPECT_EQ(sent.error().kind, ErrorKind::InDoubt);
  EXPECT_TRUE(sent.error().maybeApplied);
  const auto unsent = waiting.get();
  EXPECT_EQ(unsent.error().kind, ErrorKind::Aborted);
  EXPECT_EQ(unsent.error().call.sends, 0);
  EXPECT_LT(Clock::now() - start, 2s);  // not when their time is up
  EXPECT_EQ(server.deliveries(), 1);
}

}  // namespace
}  // namespace alpaca::broker

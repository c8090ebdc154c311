// What the client does to, and withstands from, the process around it: a name look-up that hangs, signals, and its
// own end while calls are running. For fork(), see fork_test.cpp and fork_threads_test.cpp.
#include "faults/names.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"

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
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::ScriptedServer;
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

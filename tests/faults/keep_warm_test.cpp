// What keeping connections warm must leave alone: a child made by fork(), where its thread does not exist.
#include "faults/child_process.hpp"
#include "features/warm_keeper.hpp"
#include "support/clock_answers.hpp"
#include "support/fake_transport.hpp"
#include "support/gate.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

#include <memory>

namespace alpaca::broker {
namespace {

using test::account;
using test::clockBody;
using test::destroyInChild;
using test::Gate;
using test::kAccepted;
using test::oneAttemptAt;
using test::order;
using test::Peer;
using test::response;
using test::ScriptedServer;
using test::useInChild;
using namespace std::chrono_literals;

const Credentials kCredentials{"guard-api-key", "guard-api-secret"};

std::unique_ptr<BrokerClient> keepOne(const ScriptedServer& server) {
  ClientOptions options = oneAttemptAt(server.url());
  options.keepWarm = {1, 30s};
  return std::make_unique<BrokerClient>(kCredentials, options);
}

TEST(KeepWarmGuard, AChildCancelsAndEndsItsCopyWhileTheParentsRequestHangs) {
  Gate held;
  ScriptedServer server({[&](Peer& peer) {
                           peer.readRequest();
                           held.pass();
                           peer.send(response("200 OK", clockBody()));
                           peer.answer(response("200 OK", clockBody()));
                         },
                         [](Peer& peer) { peer.answer(kAccepted); }});
  auto client = keepOne(server);
  ASSERT_TRUE(held.waitForArrivals(1));

  EXPECT_EQ(useInChild(client, [](BrokerClient& own) { return own.cancelOrder(account(), order("child")); }), 0);
  // Another child destroys its copy without ever having used it: no thread there to wait for.
  EXPECT_EQ(destroyInChild(client), 0);

  held.open();
  EXPECT_TRUE(client->warmUp(1));
  EXPECT_EQ(server.connections(), 2);
}

TEST(KeepWarmGuard, AChildCanCallWhileTheParentsThreadSleeps) {
  ScriptedServer server({[](Peer& peer) {
                           peer.answer(response("200 OK", clockBody()));
                           peer.answer(kAccepted);
                         },
                         [](Peer& peer) { peer.answer(kAccepted); }});
  auto client = keepOne(server);
  ASSERT_TRUE(test::eventually([&] { return server.deliveries() == 1; }));
  EXPECT_EQ(useInChild(client, [](BrokerClient& own) { return own.cancelOrder(account(), order("child")); }), 0);
  EXPECT_TRUE(client->cancelOrder(account(), order("parent")));
  EXPECT_EQ(server.connections(), 2);
}

// There, the thread would be the only one, and go on for ever with what the parent asked for.
TEST(KeepWarmGuard, EndsInAChildThatAnObserverMakes) {
  pid_t child = -1;
  ClientOptions options;
  options.observer = [&](const AttemptEvent&) {
    if (child != -1) return;
    std::fflush(nullptr);
    child = ::fork();
    if (child == 0) ::alarm(30);
  };
  test::FakeTransport::Log log;
  log.cold = [](http::Deadline) { return std::size_t{1}; };
  log.answer = [](const http::HttpRequest&) { return test::answered(200, clockBody()); };
  log.mostPauses = 1;
  core::Caller caller = test::makeCaller(log, options);
  features::keepWarm(caller, {1, 1s});
  if (child == 0) ::_exit(log.pauses.empty() ? 0 : 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace alpaca::broker

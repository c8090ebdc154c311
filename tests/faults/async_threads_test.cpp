// The threads for asynchronous calls, by the kernel's own count.
#include "call/executor.hpp"
#include "faults/child_process.hpp"
#include "support/clock_answers.hpp"
#include "support/eventually.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/scripted_server.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

#include <pthread.h>

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace alpaca::broker {
namespace {

using test::eventuallyForGood;
using test::Peer;
using test::ScriptedServer;

void answersWithTheClock(Peer& peer) {
  while (!peer.readRequest().empty()) peer.send(test::response("200 OK", test::clockBody()));
}

std::size_t threads() {
  namespace fs = std::filesystem;
  return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()));
}

// For a while, every new thread asks for a stack that no machine has.
class NoMoreThreads {
 public:
  NoMoreThreads() {
    pthread_getattr_default_np(&before_);
    pthread_attr_t huge;
    pthread_attr_init(&huge);
    pthread_attr_setstacksize(&huge, std::size_t{1} << 50);
    pthread_setattr_default_np(&huge);
    pthread_attr_destroy(&huge);
  }
  ~NoMoreThreads() {
    pthread_setattr_default_np(&before_);
    pthread_attr_destroy(&before_);
  }
  NoMoreThreads(const NoMoreThreads&) = delete;
  NoMoreThreads& operator=(const NoMoreThreads&) = delete;

 private:
  pthread_attr_t before_{};
};

class AsyncThreads : public ::testing::Test {
 protected:
  AsyncThreads() { async.asyncThreads = true; }

  ScriptedServer server{{answersWithTheClock, answersWithTheClock}};
  BrokerClient client{Credentials{"key", "secret"}, test::oneAttemptAt(server.url())};
  WarmUpOptions async;
};

TEST_F(AsyncThreads, AreStartedByAWarmUpThatIsAskedTo) {
  const std::size_t before = threads();
  ASSERT_TRUE(client.warmUp(2).value().allWarm());
  EXPECT_TRUE(eventuallyForGood([&] { return threads() == before + 2; }))
      << "two of the server's, none of the client's";
  const WarmUpReport report = client.warmUp(2, async).value();
  EXPECT_TRUE(report.allWarm());
  EXPECT_EQ(report.missingThreads, 0);
  EXPECT_TRUE(eventuallyForGood([&] { return threads() == before + 4; }));
}

TEST_F(AsyncThreads, ThatCannotBeStartedAreReported) {
  ASSERT_TRUE(client.warmUp(1).value().allWarm());  // the server's thread for the connection
  const NoMoreThreads limit;
  const auto report = client.warmUp(1, async);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->warm, 1);
  EXPECT_EQ(report->missingThreads, 1);
  EXPECT_FALSE(report->allWarm());
}

// The lock may be held for ever there.
TEST(ExecutorInAChild, StartsNoThread) {
  call::Executor executor(10, 4);
  test::expectInChild([&] { EXPECT_EQ(executor.prepare(2), 2U); });
}

}  // namespace
}  // namespace alpaca::broker

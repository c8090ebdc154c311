// What keeping connections warm must leave alone: a child made by fork().
#include "faults/child_process.hpp"
#include "support/clock_answers.hpp"
#include "support/fake_transport.hpp"
#include "workflows/warm_keeper.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

namespace alpaca::broker {
namespace {

using test::clockBody;
using namespace std::chrono_literals;

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
  log.cold = [](http::TimePoint) { return std::size_t{1}; };
  log.answer = [](const http::HttpRequest&) { return test::answered(200, clockBody()); };
  log.maxPauses = 1;
  call::CallPipeline pipeline = test::makePipeline(log, options);
  workflows::keepWarm(pipeline, {1, 1s});
  if (child == 0) ::_exit(log.pauses.empty() ? 0 : 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace alpaca::broker

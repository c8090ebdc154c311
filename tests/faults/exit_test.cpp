// A process that exits while clients are alive. OpenSSL cleans up in an exit handler. Global clients that were
// destroyed after it once used freed memory, and crashed or hung. Each row is a program of its own, run a few times.
#include "faults/patience.hpp"

#include <alpaca/broker/testing/mock_broker.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace alpaca::broker {
namespace {

class Exit : public ::testing::TestWithParam<const char*> {
 protected:
  static testing::MockBroker makeBroker() {
    testing::MockBrokerOptions options;
    options.tls = true;
    return testing::MockBroker(options);
  }

  int run() {
    const std::string url = broker.url();
    const std::string caFile = broker.caFile();
    const bool early = std::string(GetParam()) == "AClientFromBeforeMain";
    const pid_t child = ::fork();
    if (child == 0) {
      // Parked threads still hold OpenSSL memory at exit. The system frees it, so it is no leak.
      ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
      if (early) {
        ::setenv("EXIT_URL", url.c_str(), 1);
        ::setenv("EXIT_CA", caFile.c_str(), 1);
      }
      ::execl(EXIT_PROGRAM, EXIT_PROGRAM, GetParam(), url.c_str(), caFile.c_str(), nullptr);
      ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  testing::MockBroker broker = makeBroker();
};

TEST_P(Exit, WithAClientAliveEndsWell) {
  const std::string mode = GetParam();
  if (test::kSanitized && mode.rfind("AChild", 0) == 0 && mode != "AChildThatDidNot") {
    GTEST_SKIP() << "a sanitizer supports no threads in the child of a process with threads";
  }
  const char* const wanted = std::getenv("EXIT_RUNS");
  const int runs = wanted != nullptr ? std::atoi(wanted) : 3;
  for (int i = 0; i < runs; ++i) ASSERT_EQ(run(), 0) << "in run " << i;
}

INSTANTIATE_TEST_SUITE_P(Of, Exit,
                         ::testing::Values("IdleConnections", "AsynchronousCalls", "CallsOnOtherThreads",
                                           "SeveralClients", "AClientThatIsReplaced", "ACallback", "AnObserver",
                                           "AChildThatUsedIt", "AChildThatDidNot", "AChildOfACallback",
                                           "AChildOfAnObserver", "ACallBehindTheHandler", "APlugin", "AnUnloadedPlugin",
                                           "AClientFromBeforeMain"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace alpaca::broker

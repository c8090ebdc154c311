// Each test runs in a child process, because an interrupt may end it.
#include "faults/child_process.hpp"
#include "faults/patience.hpp"
#include "support/eventually.hpp"

#include <alpaca/broker/stop_on_interrupt.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::eventually;
using test::expectInChild;
using test::inChild;

// A moment after which an interrupt is a second one.
void waitForTheSecond() { std::this_thread::sleep_for(std::chrono::milliseconds(1'100)); }

bool isStopped(const StopOnInterrupt& interrupt) {
  return eventually([&] { return interrupt.token().stopRequested(); });
}

void (*handlerOf(int signal))(int) {
  struct sigaction action {};
  ::sigaction(signal, nullptr, &action);
  return action.sa_handler;
}

class Interrupt : public ::testing::TestWithParam<int> {};

TEST_P(Interrupt, RequestsAStop) {
  expectInChild([] {
    const StopOnInterrupt interrupt;
    EXPECT_TRUE(interrupt.isWatching());
    EXPECT_FALSE(interrupt.token().stopRequested());
    std::raise(GetParam());
    EXPECT_TRUE(isStopped(interrupt));
  });
}

// The shell and the system may both tell a program that its terminal was closed, and `timeout` signals twice.
TEST_P(Interrupt, SentAgainAtOnceDoesNotEndTheProcess) {
  expectInChild([] {
    const StopOnInterrupt interrupt;
    for (int i = 0; i < 3; ++i) std::raise(GetParam());
    EXPECT_TRUE(isStopped(interrupt));
  });
}

TEST_P(Interrupt, EndsTheProcessWhenItComesASecondTime) {
  const bool isHangUp = GetParam() == SIGHUP;
  EXPECT_EQ(inChild([] {
              const StopOnInterrupt interrupt;
              std::raise(GetParam());
              waitForTheSecond();
              std::raise(GetParam());
              return 0;
            }),
            isHangUp ? 0 : 128 + GetParam());
}

TEST_P(Interrupt, HasItsOldHandlerAfterwards) {
  expectInChild([] {
    std::signal(GetParam(), [](int) {});
    const auto before = handlerOf(GetParam());
    {
      const StopOnInterrupt interrupt;
      EXPECT_NE(handlerOf(GetParam()), before);
    }
    EXPECT_EQ(handlerOf(GetParam()), before);
  });
}

TEST_P(Interrupt, ThatIsIgnoredStaysIgnored) {
  expectInChild([] {
    std::signal(GetParam(), SIG_IGN);
    const StopOnInterrupt interrupt;
    std::raise(GetParam());
    EXPECT_EQ(handlerOf(GetParam()), SIG_IGN);
    EXPECT_FALSE(interrupt.token().stopRequested());
  });
}

// A child shares the parent's pipe: its interrupt once would have stopped the parent's calls.
TEST_P(Interrupt, OfAChildEndsTheChildAlone) {
  if (test::kSanitized) GTEST_SKIP() << "ThreadSanitizer holds back the handlers of a child";
  expectInChild([] {
    const StopOnInterrupt interrupt;
    const pid_t child = ::fork();
    if (child == 0) {
      std::raise(GetParam());
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == GetParam()) << status;
    EXPECT_FALSE(interrupt.token().stopRequested());
    std::raise(GetParam());
    EXPECT_TRUE(isStopped(interrupt)) << "the parent is still watched";
  });
}

INSTANTIATE_TEST_SUITE_P(Of, Interrupt, ::testing::Values(SIGINT, SIGTERM, SIGHUP), [](const auto& signal) {
  return std::string(signal.param == SIGINT ? "Int" : signal.param == SIGTERM ? "Term" : "Hup");
});

TEST(StopOnInterrupt, ExistsOnceAtATime) {
  expectInChild([] {
    for (int i = 0; i < 2; ++i) {
      const StopOnInterrupt interrupt;
      EXPECT_TRUE(interrupt.isWatching());
      EXPECT_THROW(StopOnInterrupt(), std::logic_error);
    }
    const StopOnInterrupt last;
    std::raise(SIGINT);
    EXPECT_TRUE(isStopped(last)) << "the third one in a row";
  });
}

TEST(StopOnInterrupt, CanBeMadeAnewInAChild) {
  if (test::kSanitized) GTEST_SKIP() << "a sanitizer supports no threads in the child of a process with threads";
  expectInChild([] {
    const StopOnInterrupt interrupt;
    expectInChild([] {
      const StopOnInterrupt own;
      std::raise(SIGTERM);
      EXPECT_TRUE(isStopped(own));
    });
    EXPECT_FALSE(interrupt.token().stopRequested());
  });
}

// Threads that started before do not need to know of it.
TEST(StopOnInterrupt, HearsASignalThatAnotherThreadTakes) {
  expectInChild([] {
    std::thread other;
    const StopOnInterrupt interrupt;
    other = std::thread([] { std::raise(SIGINT); });
    other.join();
    EXPECT_TRUE(isStopped(interrupt));
  });
}

}  // namespace
}  // namespace alpaca::broker

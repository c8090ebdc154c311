#pragma once

#include "faults/threads.hpp"
#include "support/eventually.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace alpaca::broker::test {

/// Runs `work` in a child made by fork() and returns the child's exit status. The child ends without stack unwinding.
template <class Work>
int inChild(Work work) {
  EXPECT_TRUE(eventuallyForGood(othersAreWaiting));  // a lock held by another thread stays locked in the child forever
  std::fflush(nullptr);                              // otherwise the child prints the parent's buffer again
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(30);  // a child that hangs must fail
    const int status = work();
    std::fflush(nullptr);
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Checks something in a child made by fork(): an expectation that fails there is printed there and fails here.
template <class Work>
void expectInChild(Work work) {
  EXPECT_EQ(inChild([&] {
              work();
              return ::testing::Test::HasFailure() ? 1 : 0;
            }),
            0)
      << "the child's failure is printed above";
}

}  // namespace alpaca::broker::test

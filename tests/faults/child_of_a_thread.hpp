#pragma once

#include "faults/patience.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>

namespace alpaca::broker::test {

/// A child that some thread makes by fork(), once, in the middle of what it does.
class ChildOfAThread {
 public:
  /// Only the first of these does. A child that hangs is to fail.
  void fork() {
    if (begun_.exchange(true)) return;
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
      isHere_ = true;
      ::alarm(10);
      // Else what threads of the parent hold would be called a leak.
      if (kSanitized) std::atexit([] { ::_exit(0); });
      return;
    }
    made_.set_value(child);
  }

  /// True in the child.
  [[nodiscard]] bool isHere() const noexcept { return isHere_; }

  /// In the parent: waits for the child to be made, and to end. @return its exit status
  int wait() {
    int status = 0;
    ::waitpid(made_.get_future().get(), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  std::atomic<bool> begun_{false};
  bool isHere_ = false;
  std::promise<pid_t> made_;
};

}  // namespace alpaca::broker::test

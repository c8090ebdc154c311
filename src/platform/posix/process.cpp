#include "platform/process.hpp"

#include <pthread.h>
#include <unistd.h>

#include <atomic>

namespace alpaca::broker::platform {

namespace {

std::atomic<long> knownProcessId{0};

void noteProcessId() noexcept { knownProcessId = static_cast<long>(::getpid()); }

// Known from when children made by fork() are sure to correct it. No thread waits for another one here: that one would
// not be there in a child.
long askForProcessId() noexcept {
  static std::atomic<bool> asked{false};
  // guard: a child made by fork() knows that it is one
  if (!asked.exchange(true) && ::pthread_atfork(nullptr, nullptr, noteProcessId) == 0) noteProcessId();
  return static_cast<long>(::getpid());
}

}  // namespace

// Looked at several times per call: a system call each time would be felt.
long processId() noexcept {
  const long known = knownProcessId.load(std::memory_order_relaxed);
  return known != 0 ? known : askForProcessId();
}

}  // namespace alpaca::broker::platform

#include "platform/process.hpp"

#include <pthread.h>
#include <unistd.h>

#include <atomic>

namespace alpaca::broker::platform {

namespace {

std::atomic<long> knownProcessId{0};

void noteProcessId() noexcept { knownProcessId = static_cast<long>(::getpid()); }

// Caches the id only once a fork handler is sure to correct it in children. No thread waits for another one here: in a
// child, the other thread would not exist.
long askForProcessId() noexcept {
  static std::atomic<bool> asked{false};
  // guard: a child made by fork() knows that it is one
  if (!asked.exchange(true) && ::pthread_atfork(nullptr, nullptr, noteProcessId) == 0) noteProcessId();
  return static_cast<long>(::getpid());
}

}  // namespace

// Read several times per call, so a system call each time would be noticeable.
long processId() noexcept {
  const long known = knownProcessId.load(std::memory_order_relaxed);
  return known != 0 ? known : askForProcessId();
}

}  // namespace alpaca::broker::platform

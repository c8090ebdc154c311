#include "platform/interrupt.hpp"

#include "platform/process.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <thread>

namespace alpaca::broker::platform {
namespace {

using Nanoseconds = std::int64_t;

constexpr std::array<int, 3> kSignals{SIGINT, SIGTERM, SIGHUP};
constexpr Nanoseconds kSameInterrupt = 1'000'000'000;  // a shell, or `timeout`, may send one interrupt twice

constexpr char kInterrupt = 'i';
constexpr char kEnd = 'e';

// What the signal handler uses. It may only use lock-free atomics and functions that are async-signal-safe.
std::atomic<long> watcher{0};  // the process that watches; 0 when none does
std::atomic<Nanoseconds> firstAt{0};
std::atomic<int> writeEnd{-1};

// The pipe stays open for the next watch: a handler that is still running in another thread may write to it.
int readEnd = -1;
long pipeOwner = 0;
std::thread* waiter = nullptr;  // left alone in a child, where the thread does not exist
std::array<struct sigaction, kSignals.size()> actionsBefore{};

void wakeUp(char what) noexcept {
  while (::write(writeEnd, &what, 1) < 0 && errno == EINTR) {
  }
}

extern "C" void alpacaBrokerOnInterrupt(int signal) {
  const int error = errno;
  const Nanoseconds time = std::chrono::steady_clock::now().time_since_epoch().count();
  Nanoseconds first = 0;
  // guard: an interrupt of a child is not the parent's
  const bool isOwn = areInterruptsWatched();
  if (isOwn && firstAt.compare_exchange_strong(first, time)) {
    wakeUp(kInterrupt);
    // guard: a second interrupt ends the process
  } else if (!isOwn || (signal != SIGHUP && time - first >= kSameInterrupt)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);  // takes effect when this handler returns
  }
  errno = error;
}

bool openPipe() noexcept {
  if (pipeOwner == processId()) return true;
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return false;
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  readEnd = ends[0];
  writeEnd = ends[1];
  pipeOwner = processId();
  return true;
}

void waitForInterrupts(void (*onInterrupt)(void*), void* context) {
  for (;;) {
    char what = kEnd;
    const auto count = ::read(readEnd, &what, 1);
    if (count < 0 && errno == EINTR) continue;
    if (what == kEnd) return;
    onInterrupt(context);
  }
}

// The thread itself takes no signals. All others keep theirs.
bool startThread(void (*onInterrupt)(void*), void* context) {
  sigset_t all{};
  sigset_t own{};
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &own);
  try {
    waiter = new std::thread(waitForInterrupts, onInterrupt, context);
  } catch (const std::exception&) {
    waiter = nullptr;
  }
  pthread_sigmask(SIG_SETMASK, &own, nullptr);
  return waiter != nullptr;
}

}  // namespace

bool watchInterrupts(void (*onInterrupt)(void*), void* context) {
  if (!openPipe() || !startThread(onInterrupt, context)) return false;
  firstAt = 0;
  watcher = processId();
  struct sigaction action {};
  action.sa_handler = alpacaBrokerOnInterrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], nullptr, &actionsBefore[i]);
    // guard: an ignored interrupt stays ignored
    if (actionsBefore[i].sa_handler != SIG_IGN) ::sigaction(kSignals[i], &action, nullptr);
  }
  return true;
}

void endInterruptWatch() {
  // guard: the interrupts get their old effect back
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &actionsBefore[i], nullptr);
  if (!areInterruptsWatched()) return;
  watcher = 0;
  wakeUp(kEnd);
  waiter->join();
  delete waiter;
}

bool areInterruptsWatched() noexcept { return watcher == processId(); }

}  // namespace alpaca::broker::platform

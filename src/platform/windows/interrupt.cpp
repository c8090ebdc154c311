#include "platform/interrupt.hpp"

#include <windows.h>

#include <atomic>
#include <chrono>
#include <mutex>

namespace alpaca::broker::platform {
namespace {

using Clock = std::chrono::steady_clock;

std::mutex mutex;  // a handler runs on a thread of its own, where it may take locks
void (*callback)(void*) = nullptr;
void* argument = nullptr;
Clock::time_point firstAt{};
std::atomic<bool> isWatched{false};

// @return TRUE to keep the process; FALSE: the next handler, in the end the one that ends the process
BOOL WINAPI onControl(DWORD event) {
  {
    const std::lock_guard lock(mutex);
    if (callback == nullptr) return FALSE;
    if (firstAt == Clock::time_point{}) {
      firstAt = Clock::now();
      callback(argument);
    } else if (Clock::now() - firstAt >= std::chrono::seconds(1)) {
      return FALSE;
    }
  }
  // After these, the process ends as soon as the handler returns, and after a few seconds in any case.
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) ::Sleep(INFINITE);
  return TRUE;
}

}  // namespace

bool watchInterrupts(void (*onInterrupt)(void*), void* context) {
  const std::lock_guard lock(mutex);
  callback = onInterrupt;
  argument = context;
  firstAt = {};
  isWatched = ::SetConsoleCtrlHandler(onControl, TRUE) != 0;
  if (!isWatched) callback = nullptr;
  return isWatched;
}

void endInterruptWatch() {
  ::SetConsoleCtrlHandler(onControl, FALSE);
  const std::lock_guard lock(mutex);
  callback = nullptr;
  isWatched = false;
}

bool areInterruptsWatched() noexcept { return isWatched; }

}  // namespace alpaca::broker::platform

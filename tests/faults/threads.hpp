#pragma once

namespace alpaca::broker::test {

/// The kernel's thread id of the calling thread.
int threadNumber() noexcept;

/// True when that thread is blocked on a lock, a socket or a timer.
bool isWaiting(int threadNumber);

/// True when all other threads of this process are blocked.
bool othersAreWaiting();

}  // namespace alpaca::broker::test

#pragma once

namespace alpaca::broker::test {

/// The kernel's number of the calling thread.
int threadNumber() noexcept;

/// True when that thread waits for something: a lock, a socket, the time.
bool isWaiting(int threadNumber);

/// True when all threads of this process but the calling one wait.
bool othersAreWaiting();

}  // namespace alpaca::broker::test

#pragma once

#include <thread>

namespace alpaca::broker::base {

/// Waits until the thread has ended, if there is one. On that very thread, which cannot wait for itself, lets it go
/// instead.
void joinUnlessOwn(std::thread& thread);

}  // namespace alpaca::broker::base

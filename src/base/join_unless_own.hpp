#pragma once

#include <thread>

namespace alpaca::broker::base {

/// Joins the thread if it is joinable. When called on that very thread, which cannot join itself, detaches it instead.
inline void joinUnlessOwn(std::thread& thread) {
  if (!thread.joinable()) return;
  // guard: an observer of keeping warm may destroy the client
  // guard: a provider of credentials may destroy the client
  if (thread.get_id() == std::this_thread::get_id()) {
    thread.detach();
  } else {
    thread.join();
  }
}

}  // namespace alpaca::broker::base

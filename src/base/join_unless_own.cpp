#include "base/join_unless_own.hpp"

namespace alpaca::broker::base {

void joinUnlessOwn(std::thread& thread) {
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

#include "base/join_unless_own.hpp"

namespace alpaca::broker::base {

void joinUnlessOwn(std::thread& thread) {
  if (!thread.joinable()) return;
  if (thread.get_id() == std::this_thread::get_id()) {
    thread.detach();
  } else {
    thread.join();
  }
}

}  // namespace alpaca::broker::base

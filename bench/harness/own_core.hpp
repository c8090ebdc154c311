#pragma once

#include <sched.h>

namespace alpaca::broker::bench {

/// Keeps the calling thread, and those that it starts meanwhile, on the second core; the server is on the first one.
///
/// Where the system may choose, it lets client and server share a core at times and not at others, and that alone makes
/// a call several times faster or slower: more than there is between any two clients. Without a second core it changes
/// nothing.
class OwnCore {
 public:
  OwnCore();
  ~OwnCore();
  OwnCore(const OwnCore&) = delete;
  OwnCore& operator=(const OwnCore&) = delete;

 private:
  cpu_set_t before_{};
};

}  // namespace alpaca::broker::bench

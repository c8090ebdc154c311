#include "harness/own_core.hpp"

#include <thread>

namespace alpaca::broker::bench {

OwnCore::OwnCore() {
  CPU_ZERO(&before_);
  ::sched_getaffinity(0, sizeof before_, &before_);
  if (std::thread::hardware_concurrency() < 2) return;
  cpu_set_t second;
  CPU_ZERO(&second);
  CPU_SET(1, &second);
  ::sched_setaffinity(0, sizeof second, &second);
}

OwnCore::~OwnCore() { ::sched_setaffinity(0, sizeof before_, &before_); }

}  // namespace alpaca::broker::bench

#include "testing/broker_clock.hpp"

#include <stdexcept>

namespace alpaca::broker::testing {
namespace {

constexpr WallTime kFirst{};
constexpr WallTime kLast{std::chrono::seconds(9'214'646'399)};  // the end of 2261: 64-bit nanoseconds end in 2262

}  // namespace

WallTime BrokerClock::read() const {
  return runningSince_ ? start_ + (std::chrono::steady_clock::now() - *runningSince_) : start_;
}

WallTime BrokerClock::now() const {
  const std::lock_guard lock(mutex_);
  return read();
}

void BrokerClock::set(WallTime time) {
  if (time < kFirst || time > kLast) {
    throw std::invalid_argument("MockBroker::setTime: the time is out of range; accepted: 1970 to 2261");
  }
  const std::lock_guard lock(mutex_);
  start_ = time;
  runningSince_.reset();
}

void BrokerClock::advance(std::chrono::nanoseconds by) {
  const std::lock_guard lock(mutex_);
  if (by < std::chrono::nanoseconds(0) || by > kLast - read()) {
    throw std::invalid_argument(
        "MockBroker::advanceTime: the duration is out of range; accepted: 0 to the end of 2261");
  }
  start_ += by;
}

}  // namespace alpaca::broker::testing

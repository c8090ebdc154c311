#include <alpaca/broker/stop_on_interrupt.hpp>

#include "platform/interrupt.hpp"

#include <stdexcept>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

StopOnInterrupt::StopOnInterrupt() {
  // guard: there is one watch for interrupts at a time
  if (platform::areInterruptsWatched()) throw std::logic_error("There is a StopOnInterrupt already; one at a time");
  isWatching_ =
      platform::watchInterrupts([](void* source) { static_cast<StopSource*>(source)->requestStop(); }, &source_);
}

StopOnInterrupt::~StopOnInterrupt() {
  if (isWatching_) platform::endInterruptWatch();
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

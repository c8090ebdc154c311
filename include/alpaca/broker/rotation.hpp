#pragma once

#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The outcome of `rotateNow`: the provider has returned usable credentials, and the client uses them.
struct RotationReport {
  /// True when they replaced others since the call began. False: they were in use already.
  bool replaced = false;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

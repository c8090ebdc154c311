#pragma once

#include <alpaca/broker/stop.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Options of one call, which replace those of its client. The options of every workflow contain one, too.
struct CallOptions {
  /// The call returns within this time. Absent: `ClientOptions::deadline`, unless the workflow has a longer default. 1
  /// ms to 24 h.
  std::optional<std::chrono::milliseconds> deadline{};

  /// Replaces `RetryOptions::maxAttempts`. 1 to 100.
  std::optional<int> maxAttempts{};

  /// The longest time that one attempt may take, used as it is, within the deadline. Absent:
  /// `ClientOptions::attemptTimeout`, or less with a short deadline, so that a retry after silence still fits. The
  /// deadline itself gives all the time to the first attempt. 1 ms to 24 h.
  std::optional<std::chrono::milliseconds> attemptTimeout{};

  /// Stops the call when its `StopSource` is told to stop.
  StopToken stop{};

  /// Your app's own object for this call, for instance a trace span. The observer gets it with every attempt, as
  /// `AttemptEvent::context`. Empty: none.
  ///
  /// It must be safe to read from several threads. The client keeps it alive until shortly after the call has ended, or
  /// the callback of an asynchronous call has returned. So a thread of the client may destroy it.
  std::shared_ptr<const void> context{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

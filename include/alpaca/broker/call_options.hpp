#pragma once

#include <alpaca/broker/stop.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// What one call does differently from its client's options. The options of every workflow hold one, too.
struct CallOptions {
  /// The call returns by then. Absent: `ClientOptions::deadline`, unless the workflow has a longer default. 1 ms to
  /// 24 h.
  std::optional<std::chrono::milliseconds> deadline{};

  /// Replaces `RetryOptions::maxAttempts`. 1 to 100.
  std::optional<int> maxAttempts{};

  /// Stops the call when its source says so.
  StopToken stop{};

  /// What your app knows the call by, for instance the span that its attempts belong to. The observer gets it with
  /// every attempt, untouched: `AttemptEvent::context`. Empty: none.
  ///
  /// It must be safe to read from several threads. The client keeps it alive until the call has ended, or the callback
  /// of an asynchronous call has returned, and a moment longer. So one of the client's threads may destroy it.
  std::shared_ptr<const void> context{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

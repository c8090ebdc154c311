#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <memory>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

class StopState;

/// Tells a call when to stop; goes into `CallOptions::stop`. Cheap to copy. A default-constructed one never stops
/// anything.
class ALPACA_BROKER_EXPORT StopToken {
 public:
  StopToken() = default;

  /// True once its source has been told to stop.
  [[nodiscard]] bool stopRequested() const noexcept;

 private:
  friend class StopSource;
  friend class StopCallback;
  explicit StopToken(std::shared_ptr<StopState> state) : state_(std::move(state)) {}

  std::shared_ptr<StopState> state_{};
};

/// Stops every call that was given one of its tokens, wherever it is: looking up a name, connecting, waiting for the
/// answer, for a free connection or between two attempts. Shaped after C++20's `std::stop_source`. Thread-safe.
///
/// A call that is stopped ends as `Aborted` when nothing was sent and as `InDoubt` when something was.
class ALPACA_BROKER_EXPORT StopSource {
 public:
  /// Nothing is stopped yet.
  StopSource();

  /// For any number of calls.
  [[nodiscard]] StopToken token() const { return StopToken(state_); }

  /// Stops the calls that run, and every later one that uses a token of this source. Once is enough; there is no way
  /// back.
  void requestStop();

 private:
  std::shared_ptr<StopState> state_{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

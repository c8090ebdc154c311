#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <memory>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

class StopState;

/// Tells a call when to stop. Set it as `CallOptions::stop`. Cheap to copy. A default-constructed token never stops
/// anything.
class ALPACA_BROKER_EXPORT StopToken {
 public:
  StopToken() = default;

  /// True after `StopSource::requestStop()` of its source.
  [[nodiscard]] bool stopRequested() const noexcept;

 private:
  friend class StopSource;
  friend class StopCallback;
  explicit StopToken(std::shared_ptr<StopState> state) : state_(std::move(state)) {}

  std::shared_ptr<StopState> state_{};
};

/// Stops every call that has one of its tokens. A call stops in every phase: name look-up, connecting, waiting for an
/// answer, for a free connection or for the next attempt. Thread-safe. Modeled on C++20's `std::stop_source`.
///
/// A stopped call ends as `Aborted` when nothing was sent, and as `InDoubt` when something was sent.
class ALPACA_BROKER_EXPORT StopSource {
 public:
  /// Makes a source that has not stopped anything.
  StopSource();

  /// A token for any number of calls.
  [[nodiscard]] StopToken token() const { return StopToken(state_); }

  /// Stops all running calls and all later calls with a token of this source. This is final: a source cannot be reset.
  void requestStop();

 private:
  std::shared_ptr<StopState> state_{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

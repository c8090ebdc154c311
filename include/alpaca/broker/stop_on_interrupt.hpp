#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/stop.hpp>
#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Turns an interrupt of the program into a stop, as long as the object exists. Then unsent requests stay unsent, calls
/// in flight end, and the program can still report what is known.
///
/// ```cpp
/// const broker::StopOnInterrupt interrupt;  // one at a time; its end gives the signals their old handlers back
/// options.stop = interrupt.token();
/// ```
///
/// An interrupt is Ctrl-C (SIGINT), SIGTERM or a closed terminal (SIGHUP); on Windows, an event of the console.
///   - The first one requests the stop. Another SIGINT or SIGTERM, a second later or more, ends the process at once.
///     Earlier ones count as the same interrupt, because some shells and `timeout` send it twice.
///   - A signal that the program ignores stays ignored, as SIGHUP below `nohup`. A shell script starts background
///     programs with SIGINT ignored: stop those with SIGTERM, or put `set -m` into the script.
///   - The destructor gives each signal back the handler that it had before.
///   - A child made by `fork()` is not watched: an interrupt ends it.
///
/// The signal handler is async-signal-safe: it only wakes a thread, which requests the stop. Other threads may have
/// started before. Construct and destroy it on one thread, while no other thread changes signal handlers.
class ALPACA_BROKER_EXPORT StopOnInterrupt {
 public:
  /// Starts to watch. @throws std::logic_error when this process has another object of this class
  StopOnInterrupt();
  ~StopOnInterrupt();
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

  /// False when no thread could be started. Then an interrupt has the effect that it had before.
  [[nodiscard]] bool isWatching() const noexcept { return isWatching_; }

  /// A token for any number of calls.
  [[nodiscard]] StopToken token() const { return source_.token(); }

 private:
  StopSource source_;
  bool isWatching_ = false;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/version.hpp>

#include <optional>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The market's hours, as the broker reports them.
struct MarketClock {
  Timestamp timestamp{};  ///< the time of the answer, by the broker's clock
  bool isOpen = false;    ///< whether the market is open at that time
  Timestamp nextOpen{};   ///< when the market opens next
  Timestamp nextClose{};  ///< when the market closes next
};

/// Options of `warmUp`.
struct WarmUpOptions {
  CallOptions call{};  ///< deadline, stop and context are for the whole warm-up; `maxAttempts` is for each request

  /// Also starts as many threads for asynchronous calls as there are connections to warm. Otherwise the first
  /// asynchronous calls start them, and wait for that.
  bool asyncThreads = false;
};

/// The outcome of `warmUp`. Check `allWarm()`: a success alone says only that route and credentials work.
struct [[nodiscard]] WarmUpReport {
  /// The number of requested connections.
  int requested = 0;

  /// The number of warm connections, at most `requested`. A connection is warm when the broker answered on it during
  /// this call and left it open. It also is when another call used it at the start and it has not been lost since.
  ///
  /// 0 when the broker, or something on the way, closes every connection after an answer.
  int warm = 0;

  /// The errors of the requests that failed. Empty when none failed.
  std::vector<Error> failures{};

  /// The latest answer. Absent only when enough connections were in use, so that no request was needed.
  std::optional<MarketClock> clock{};

  /// The number of threads for asynchronous calls that could not be started. 0 without `WarmUpOptions::asyncThreads`.
  int missingThreads = 0;

  /// True when all requested connections are warm, and no thread is missing.
  [[nodiscard]] bool allWarm() const noexcept { return warm >= requested && missingThreads == 0; }
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

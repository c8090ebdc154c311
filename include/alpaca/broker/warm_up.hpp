#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/version.hpp>

#include <optional>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The market's hours, as the broker sees them.
struct MarketClock {
  Timestamp timestamp{};  ///< when the broker answered, by its own clock
  bool isOpen = false;    ///< whether the market trades at that moment
  Timestamp nextOpen{};   ///< when it opens next
  Timestamp nextClose{};  ///< when it closes next
};

/// What stands after `warmUp`. Check `allWarm()`: a value alone says only that route and credentials are good.
struct WarmUpReport {
  /// How many connections were asked for.
  int requested = 0;

  /// How many of them are warm: the broker has answered on them during this call and left them open, or they were in
  /// use by other calls when it began and have not been lost since. Never more than `requested`; 0 when the broker, or
  /// what stands in between, closes every connection after an answer.
  int warm = 0;

  /// Why requests failed that were to warm a connection; empty when none did.
  std::vector<Error> failures{};

  /// The latest of the answers. Absent only when nothing had to be asked, as enough connections were in use.
  std::optional<MarketClock> clock{};

  /// True when there are as many warm connections as were asked for.
  [[nodiscard]] bool allWarm() const noexcept { return warm >= requested; }
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

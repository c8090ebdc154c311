#pragma once

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order_status.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// A decimal number, digit for digit as the broker wrote it: `"10.50"`, or even `"1e-7"`. Never turned into floating
/// point here; give `str()` to the decimal type of your choice.
class Decimal {
 public:
  Decimal() = default;
  /// Takes the text as it is.
  explicit Decimal(std::string text) : text_(std::move(text)) {}

  /// The number, digit for digit; empty when there was none.
  [[nodiscard]] const std::string& str() const noexcept { return text_; }

  /// True for every way to write zero, `"0.00"` and `"0e5"` among them, and for no text at all.
  [[nodiscard]] bool isZero() const noexcept {
    const auto first = text_.find_first_of("123456789eE");
    return first == std::string::npos || text_[first] == 'e' || text_[first] == 'E';
  }

 private:
  std::string text_;
};

/// A moment, to the nanosecond, and the text that the broker wrote for it.
struct Timestamp {
  /// Since the epoch of the system clock, so UTC.
  std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> time{};

  /// As it came.
  std::string text{};
};

/// An order as the broker describes it. What the broker left out, or sent as `null`, is absent or empty; fields that
/// this version does not know are ignored.
struct Order {
  OrderId id;                   ///< the broker's, and what a cancel takes
  std::string symbol{};         ///< empty for a multi-leg option order: its `legs` have them
  std::string clientOrderId{};  ///< your own program's, or made up by the broker
  OrderStatus status{};         ///< see `OrderStatus::isFinal()`
  std::string side{};           ///< `buy`, `sell`
  std::string type{};           ///< `market`, `limit`, `stop`, ...
  std::string orderClass{};     ///< `simple`, `bracket`, ...; may be empty
  std::string timeInForce{};    ///< `day`, `gtc`, ...
  std::string assetId{};        ///< a UUID
  std::string assetClass{};     ///< `us_equity`, `us_option`, `crypto`, ...

  Decimal filledQty{};                      ///< how much was filled so far: a canceled order may have some, too
  std::optional<Decimal> qty{};             ///< how much was ordered, unless by `notional`
  std::optional<Decimal> notional{};        ///< the amount of money to trade for, instead of `qty`
  std::optional<Decimal> filledAvgPrice{};  ///< the average price of what was filled
  std::optional<Decimal> limitPrice{};      ///< of limit and stop-limit orders
  std::optional<Decimal> stopPrice{};       ///< of stop and stop-limit orders
  std::optional<Decimal> trailPrice{};      ///< how far a trailing stop follows, in money
  std::optional<Decimal> trailPercent{};    ///< how far a trailing stop follows, in percent
  std::optional<Decimal> hwm{};             ///< high-water mark of a trailing stop
  std::optional<Decimal> commission{};      ///< what is charged for it

  std::optional<Timestamp> createdAt{};          ///< when the broker took it on record
  std::optional<Timestamp> updatedAt{};          ///< when it changed last
  std::optional<Timestamp> submittedAt{};        ///< when it was submitted: what lists are sorted by
  std::optional<Timestamp> filledAt{};           ///< when it was filled
  std::optional<Timestamp> expiredAt{};          ///< when it expired
  std::optional<Timestamp> canceledAt{};         ///< when it was canceled
  std::optional<Timestamp> cancelRequestedAt{};  ///< when its cancel was accepted
  std::optional<Timestamp> failedAt{};           ///< when it failed
  std::optional<Timestamp> replacedAt{};         ///< when another took its place

  std::optional<OrderId> replacedBy{};  ///< the order that took this one's place
  std::optional<OrderId> replaces{};    ///< the order whose place this one took

  std::vector<Order> legs{};  ///< of a multi-leg order, when the list was asked for nested
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

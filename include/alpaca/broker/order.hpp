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
  explicit Decimal(std::string text) : text_(std::move(text)) {}

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
  std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> time{};
  std::string text{};
};

/// An order as the broker describes it. What the broker left out, or sent as `null`, is absent or empty; fields that
/// this version does not know are ignored.
struct Order {
  OrderId id;
  std::string symbol{};  ///< empty for a multi-leg option order: its `legs` have them
  std::string clientOrderId{};
  OrderStatus status{};
  std::string side{};         ///< `buy`, `sell`
  std::string type{};         ///< `market`, `limit`, `stop`, ...
  std::string orderClass{};   ///< `simple`, `bracket`, ...; may be empty
  std::string timeInForce{};  ///< `day`, `gtc`, ...
  std::string assetId{};
  std::string assetClass{};

  Decimal filledQty{};
  std::optional<Decimal> qty{};
  std::optional<Decimal> notional{};
  std::optional<Decimal> filledAvgPrice{};
  std::optional<Decimal> limitPrice{};
  std::optional<Decimal> stopPrice{};
  std::optional<Decimal> trailPrice{};
  std::optional<Decimal> trailPercent{};
  std::optional<Decimal> hwm{};  ///< high-water mark of a trailing stop
  std::optional<Decimal> commission{};

  std::optional<Timestamp> createdAt{};
  std::optional<Timestamp> updatedAt{};
  std::optional<Timestamp> submittedAt{};
  std::optional<Timestamp> filledAt{};
  std::optional<Timestamp> expiredAt{};
  std::optional<Timestamp> canceledAt{};
  std::optional<Timestamp> cancelRequestedAt{};
  std::optional<Timestamp> failedAt{};
  std::optional<Timestamp> replacedAt{};

  std::optional<OrderId> replacedBy{};  ///< the order that took this one's place
  std::optional<OrderId> replaces{};    ///< the order whose place this one took

  std::vector<Order> legs{};  ///< of a multi-leg order, when the list was asked for nested
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

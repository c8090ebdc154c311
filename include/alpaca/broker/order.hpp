#pragma once

#include <alpaca/broker/decimal.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order_status.hpp>
#include <alpaca/broker/order_terms.hpp>
#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>

#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// A time to the nanosecond, and the broker's text for it.
struct Timestamp {
  /// The time, in UTC.
  UtcTime time{};

  /// The broker's text, as received.
  std::string text{};

  /// False when `text` cannot be read as a time. Then `time` has no meaning.
  bool readable = true;
};

/// A field whose value does not have the type that the API documents.
struct UnreadableField {
  std::string name{};  ///< the broker's name for it: `replaced_by`
  std::string text{};  ///< its value: the text of a string, or the JSON of any other value
};

/// An order as the broker describes it. A field that the broker omitted or sent as `null` is absent or empty. Fields
/// that this version does not know are ignored.
///
/// No value of a known field is silently dropped: `unreadable` names each field that could not be read. The texts are
/// the broker's. Credentials in these texts are replaced by `[redacted]`, as in `Error`. Escape them before you print
/// them, because they may contain control characters.
struct Order {
  OrderId id = OrderId::nil();      ///< the broker's id, which a cancel takes
  std::string symbol{};             ///< empty for a multi-leg option order, whose `legs` have symbols
  std::string clientOrderId{};      ///< given by your program, or made up by the broker: see `ClientOrderId::parse`
  OrderStatus status{};             ///< see `OrderStatus::isFinal()`
  OrderSide side{};                 ///< unknown for a multi-leg option order
  OrderType type{};                 ///< how the price is set
  OrderClass orderClass{};          ///< whether the order is part of a group
  TimeInForce timeInForce{};        ///< how long the order stays open
  PositionIntent positionIntent{};  ///< whether the order opens or closes a position
  std::string assetId{};            ///< a UUID
  std::string assetClass{};         ///< `us_equity`, `us_option`, `crypto`, ...

  Decimal filledQty{};                      ///< the quantity filled so far; a canceled order may have some, too
  std::optional<Decimal> qty{};             ///< the ordered quantity; absent for an order by `notional`
  std::optional<Decimal> notional{};        ///< the ordered amount of money, instead of `qty`
  std::optional<Decimal> filledAvgPrice{};  ///< the average price of the fills
  std::optional<Decimal> limitPrice{};      ///< the price of a limit or stop-limit order
  std::optional<Decimal> stopPrice{};       ///< the trigger price of a stop or stop-limit order
  std::optional<Decimal> trailPrice{};      ///< the distance of a trailing stop, in money
  std::optional<Decimal> trailPercent{};    ///< the distance of a trailing stop, in percent
  std::optional<Decimal> hwm{};             ///< the high-water mark of a trailing stop
  std::optional<Decimal> commission{};      ///< the commission that is charged

  std::optional<Timestamp> createdAt{};          ///< when the broker created its record
  std::optional<Timestamp> updatedAt{};          ///< when it last changed
  std::optional<Timestamp> submittedAt{};        ///< when it was submitted; lists are sorted by this time
  std::optional<Timestamp> filledAt{};           ///< when it was filled
  std::optional<Timestamp> expiredAt{};          ///< when it expired
  std::optional<Timestamp> canceledAt{};         ///< when it was canceled
  std::optional<Timestamp> cancelRequestedAt{};  ///< when its cancel was accepted
  std::optional<Timestamp> failedAt{};           ///< when it failed
  std::optional<Timestamp> replacedAt{};         ///< when another order replaced it

  /// The order that replaced this one, and the order that this one replaced. Absent when there is none, and when its
  /// text is in `unreadable`.
  /// @{
  std::optional<OrderId> replacedBy{};
  std::optional<OrderId> replaces{};
  /// @}

  /// The legs of a multi-leg order, when the broker sent them. `listOrders` asks for them with `OrderFilter::nested`;
  /// `getOrder` does not ask.
  std::vector<Order> legs{};

  /// The exact quantity that is left to fill: `qty` minus `filledQty`. Absent for an order by `notional`, and when
  /// either is not a number.
  [[nodiscard]] ALPACA_BROKER_EXPORT std::optional<Decimal> remaining() const;

  /// Fields whose value is not the number, time, id or word that it should be. Empty for a well-formed order. A
  /// `Decimal`, `Timestamp` or text field also keeps its own text.
  std::vector<UnreadableField> unreadable{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

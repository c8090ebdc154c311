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

/// A moment, to the nanosecond, and the text that the broker wrote for it.
struct Timestamp {
  /// When it is.
  UtcTime time{};

  /// As it came.
  std::string text{};

  /// False when `text` is no moment that this version can read. `time` means nothing then.
  bool readable = true;
};

/// A field that arrived with a value of another kind than the API documents.
struct UnreadableField {
  std::string name{};  ///< the broker's name for it: `replaced_by`
  std::string text{};  ///< its value: a string's text, or the JSON text of anything else
};

/// An order as the broker describes it. What the broker left out, or sent as `null`, is absent or empty; fields that
/// this version does not know are ignored.
///
/// Nothing that arrived is silently dropped: `unreadable` names each field whose value could not be read. The texts are
/// the broker's, without your credentials (see `Error`). Escape them before you print them: they may hold control
/// characters.
struct Order {
  OrderId id = OrderId::nil();      ///< the broker's, and what a cancel takes
  std::string symbol{};             ///< empty for a multi-leg option order: its `legs` have them
  std::string clientOrderId{};      ///< your own program's, or made up by the broker: see `ClientOrderId::parse`
  OrderStatus status{};             ///< see `OrderStatus::isFinal()`
  OrderSide side{};                 ///< unknown for a multi-leg option order
  OrderType type{};                 ///< how its price is set
  OrderClass orderClass{};          ///< whether it is part of a group
  TimeInForce timeInForce{};        ///< how long it stays open
  PositionIntent positionIntent{};  ///< whether it opens a position or closes one
  std::string assetId{};            ///< a UUID
  std::string assetClass{};         ///< `us_equity`, `us_option`, `crypto`, ...

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

  std::optional<OrderId> replacedBy{};  ///< the order that took this one's place; absent also when `unreadable` has it
  std::optional<OrderId> replaces{};    ///< the order whose place this one took; absent also when `unreadable` has it

  std::vector<Order> legs{};  ///< of a multi-leg order, when the list was asked for nested

  /// How much is left to fill: `qty` less `filledQty`, exactly. Absent for an order by `notional`, and when either is
  /// no number.
  [[nodiscard]] ALPACA_BROKER_EXPORT std::optional<Decimal> remaining() const;

  /// The fields whose value could not be read: a number that is none, a time that is none, an id that is none, a list
  /// where a word belongs. Empty for a well-formed order. A `Decimal`, `Timestamp` or text field keeps the text, too.
  std::vector<UnreadableField> unreadable{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

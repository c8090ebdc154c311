#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <string>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The states of an order that this version knows by name.
enum class OrderState {
  Unknown,             ///< a word that came later, or none at all: see `OrderStatus::str()`
  New,                 ///< on its way to be filled: the usual first state
  PartiallyFilled,     ///< some of it is filled, the rest is open
  Filled,              ///< final
  DoneForDay,          ///< nothing more happens to it until the next trading day
  Canceled,            ///< final; may be partially filled
  Expired,             ///< final
  Replaced,            ///< final; it lives on as `Order::replacedBy`
  PendingCancel,       ///< a cancel is accepted and has not taken effect: it may still fill
  PendingReplace,      ///< a replacement is accepted and has not taken effect
  Accepted,            ///< at the broker, not yet on its way to a venue
  PendingNew,          ///< on its way to a venue, which has not accepted it yet
  AcceptedForBidding,  ///< at the venue, being priced
  Stopped,             ///< a trade is promised and has not happened yet
  Rejected,            ///< final
  Suspended,           ///< may not trade at the moment
  Calculated,          ///< done for the day, with settlement still to be calculated
  Held,                ///< waits for another order, like a leg of a bracket
  PendingReview,       ///< the broker looks at it first
};

/// An order's status: the broker's own word for it, also when it is one that this version does not know.
class ALPACA_BROKER_EXPORT OrderStatus {
 public:
  OrderStatus() = default;

  /// Takes the broker's word, e.g. `"partially_filled"`.
  explicit OrderStatus(std::string text);

  /// For a `switch`. `Unknown` for a word that this version does not know.
  [[nodiscard]] OrderState state() const noexcept { return state_; }

  /// The broker's word, as it came.
  [[nodiscard]] const std::string& str() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return text_; }

  /// True when the order cannot change any more: filled, canceled, expired, rejected or replaced. An unknown status is
  /// not final.
  [[nodiscard]] bool isFinal() const noexcept;

  friend bool operator==(const OrderStatus& a, const OrderStatus& b) noexcept { return a.text_ == b.text_; }
  friend bool operator!=(const OrderStatus& a, const OrderStatus& b) noexcept { return a.text_ != b.text_; }

 private:
  std::string text_;
  OrderState state_ = OrderState::Unknown;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

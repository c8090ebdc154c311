#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/open_enum.hpp>
#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The words of `OrderStatus`.
struct ALPACA_BROKER_EXPORT OrderStatusKinds {
  /// The known words.
  enum Kind {
    Unknown,             ///< an unknown word, or none: see `OpenEnum::str()`
    New,                 ///< at a venue, not filled: the usual first status
    PartiallyFilled,     ///< partially filled; the rest is open
    Filled,              ///< final
    DoneForDay,          ///< nothing more happens until the next trading day
    Canceled,            ///< final; may be partially filled
    Expired,             ///< final
    Replaced,            ///< final; `Order::replacedBy` replaced it
    PendingCancel,       ///< a cancel is accepted and has not taken effect: it may still fill
    PendingReplace,      ///< a replacement is accepted and has not taken effect
    Accepted,            ///< accepted by the broker, not yet sent to a venue
    PendingNew,          ///< sent to a venue, which has not accepted it yet
    AcceptedForBidding,  ///< at the venue, being priced
    Stopped,             ///< a trade is guaranteed, but has not happened yet
    Rejected,            ///< final
    Suspended,           ///< not allowed to trade at the moment
    Calculated,          ///< done for the day; the settlement is still to be calculated
    Held,                ///< waits for another order, as a leg of a bracket does
    PendingReview,       ///< the broker reviews it first
  };
  friend OrderStatusKinds kindsOf(Kind);  ///< never called: tells `toString` and `<<` whose enumerators these are
};

extern template class OpenEnum<OrderStatusKinds>;

/// An order's status.
class OrderStatus : public OpenEnum<OrderStatusKinds> {
 public:
  using OpenEnum::OpenEnum;

  /// True when the order can no longer change: filled, canceled, expired, rejected or replaced. An unknown status is
  /// not final.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool isFinal() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

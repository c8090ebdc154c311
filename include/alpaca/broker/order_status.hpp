#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/open_enum.hpp>
#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The words of `OrderStatus`.
struct ALPACA_BROKER_EXPORT OrderStatusKinds {
  enum Kind {
    Unknown,             ///< a later word, or none: see `OpenEnum::str()`
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
};

extern template class OpenEnum<OrderStatusKinds>;

/// An order's status.
class OrderStatus : public OpenEnum<OrderStatusKinds> {
 public:
  using OpenEnum::OpenEnum;

  /// True when the order cannot change any more: filled, canceled, expired, rejected or replaced. An unknown status is
  /// not final.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool isFinal() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

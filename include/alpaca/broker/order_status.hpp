#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The states of an order that this version knows by name.
enum class OrderState {
  Unknown,  ///< a word that came later, or none at all: see `OrderStatus::str()`
  New,
  PartiallyFilled,
  Filled,  ///< final
  DoneForDay,
  Canceled,  ///< final; may be partially filled
  Expired,   ///< final
  Replaced,  ///< final; it lives on as `Order::replacedBy`
  PendingCancel,
  PendingReplace,
  Accepted,
  PendingNew,
  AcceptedForBidding,
  Stopped,
  Rejected,  ///< final
  Suspended,
  Calculated,
  Held,
  PendingReview,
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
  [[nodiscard]] const std::string& str() const noexcept { return text_; }

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

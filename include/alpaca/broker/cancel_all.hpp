#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/version.hpp>

#include <optional>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The broker's answer about one order, when it was asked to cancel all orders of an account.
struct CancelAllEntry {
  OrderId orderId;  ///< the order

  /// The HTTP status that the broker gave for this order.
  int status = 0;

  /// The order after the cancel, when the broker's answer describes it.
  std::optional<Order> after{};

  /// Why the order is not being canceled, as `cancelOrder` reports it: `NotCancelable` for 422, `maybeApplied` for 5xx.
  ///
  /// `UnexpectedResponse` with `maybeApplied` means that the client does not believe the entry. It holds another order
  /// or another account's order, or contradicts another entry.
  ///
  /// `body` and `call` are empty, because all orders share one response.
  std::optional<Error> error{};

  /// True when the broker accepted the cancel of this order. It may still fill before the cancel takes effect, as after
  /// `CancelAccepted`.
  [[nodiscard]] bool accepted() const noexcept { return !error; }
};

/// The outcome of a request to cancel all open orders of an account.
struct [[nodiscard]] CancelAllReport {
  /// One entry for each order that the broker tried to cancel. Empty when no order was open, and with `doubt`.
  std::vector<CancelAllEntry> entries{};

  /// Set when the request was sent, but no clear answer came: each order may be canceled or not.
  std::optional<Error> doubt{};

  /// With `doubt`: the orders that the broker listed as open right afterwards. An order that is missing here is no
  /// longer open, or was placed later. An order in the list may still be canceled, when the cancel takes effect late.
  std::vector<Order> open{};

  /// True when there is no doubt, and the broker accepted the cancel of every order that it tried to cancel. Also true
  /// when no order was open.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool allAccepted() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

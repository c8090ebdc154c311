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

/// What the broker did about one order when it was asked to cancel them all.
struct CancelAllEntry {
  OrderId orderId;  ///< which one

  /// The HTTP status that the broker gave for this order alone.
  int status = 0;

  /// The order as the broker described it after that, when it did.
  std::optional<Order> after{};

  /// Why it is not being canceled, as `cancelOrder` would tell it: `NotCancelable` for 422, `maybeApplied` for 5xx.
  /// `UnexpectedResponse` with `maybeApplied` when the answer for this order is not believed: it holds another order,
  /// another account's, or another entry contradicts it.
  /// Its `body` and `call` are empty: the answer is one for all orders.
  std::optional<Error> error{};

  /// True when the broker accepted the cancel of this order. As with `CancelAccepted`, it may still fill before that
  /// takes effect.
  [[nodiscard]] bool accepted() const noexcept { return !error; }
};

/// What came of a request to cancel all open orders of an account.
struct CancelAllReport {
  /// One for each order that the broker says it tried to cancel; none when there was no open order. Empty with `doubt`.
  std::vector<CancelAllEntry> entries{};

  /// Set when the request was sent and no clear answer came: any order may be canceled or not.
  std::optional<Error> doubt{};

  /// With `doubt`: the orders that the broker listed as open right afterwards. One that is not in it is no longer open,
  /// or came later. A cancel that still takes effect may yet end one that is.
  std::vector<Order> open{};

  /// True when there is no doubt and the broker accepted the cancel of each order that it tried. Also true when there
  /// was none.
  [[nodiscard]] ALPACA_BROKER_EXPORT bool allAccepted() const noexcept;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The broker accepted the cancel request (204).
///
/// This is not yet "canceled": the order may still fill before the cancel takes effect, and outside market hours it can
/// stay `pending_cancel` until the next open. Read the order to learn its end.
///
/// `Result::call()` has the request id to store.
struct CancelAccepted {};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

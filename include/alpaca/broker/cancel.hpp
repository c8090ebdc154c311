#pragma once

#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The broker accepted the cancel request (204).
///
/// Accepted is not yet canceled: the order may still fill before the cancel takes effect. Outside market hours it can
/// stay `pending_cancel` until the next open. Read the order to learn how it ends.
///
/// Store the request id: it is in `Result::call()`.
struct CancelAccepted {};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

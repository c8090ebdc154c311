#include <alpaca/broker/order_status.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

bool OrderStatus::isFinal() const noexcept {
  switch (kind()) {
    case Filled:
    case Canceled:
    case Expired:
    case Rejected:
    case Replaced:
      return true;
    default:
      return false;
  }
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

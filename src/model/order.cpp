#include <alpaca/broker/order.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

std::optional<Decimal> Order::remaining() const { return qty ? qty->minus(filledQty) : std::nullopt; }

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

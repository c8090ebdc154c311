#include <alpaca/broker/open_enum.hpp>
#include <alpaca/broker/order_status.hpp>
#include <alpaca/broker/order_terms.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

// The broker's words, in the order of the enumerators. The first one stands for Unknown.
template <class Kinds>
constexpr std::array<std::string_view, 0> kWords;

template <>
constexpr std::array<std::string_view, 19> kWords<OrderStatusKinds>{"",
                                                                    "new",
                                                                    "partially_filled",
                                                                    "filled",
                                                                    "done_for_day",
                                                                    "canceled",
                                                                    "expired",
                                                                    "replaced",
                                                                    "pending_cancel",
                                                                    "pending_replace",
                                                                    "accepted",
                                                                    "pending_new",
                                                                    "accepted_for_bidding",
                                                                    "stopped",
                                                                    "rejected",
                                                                    "suspended",
                                                                    "calculated",
                                                                    "held",
                                                                    "pending_review"};

template <>
constexpr std::array<std::string_view, 10> kWords<OrderSideKinds>{
    "",      "buy",        "sell", "buy_minus", "sell_plus", "sell_short", "sell_short_exempt", "undisclosed",
    "cross", "cross_short"};

template <>
constexpr std::array<std::string_view, 6> kWords<OrderTypeKinds>{"",     "market",     "limit",
                                                                 "stop", "stop_limit", "trailing_stop"};

template <>
constexpr std::array<std::string_view, 7> kWords<TimeInForceKinds>{"", "day", "gtc", "opg", "cls", "ioc", "fok"};

template <>
constexpr std::array<std::string_view, 6> kWords<OrderClassKinds>{"", "simple", "bracket", "oco", "oto", "mleg"};

template <>
constexpr std::array<std::string_view, 5> kWords<PositionIntentKinds>{"", "buy_to_open", "buy_to_close", "sell_to_open",
                                                                      "sell_to_close"};

}  // namespace

template <class Kinds>
std::string_view OpenEnum<Kinds>::wordOf(Kind kind) noexcept {
  const auto index = static_cast<std::size_t>(kind);
  return index < kWords<Kinds>.size() ? kWords<Kinds>[index] : std::string_view();
}

template <class Kinds>
auto OpenEnum<Kinds>::kindOf(std::string_view word) noexcept -> Kind {
  const auto found = std::find(kWords<Kinds>.begin(), kWords<Kinds>.end(), word);
  return found == kWords<Kinds>.end() ? Kinds::Unknown : static_cast<Kind>(found - kWords<Kinds>.begin());
}

template class OpenEnum<OrderStatusKinds>;
template class OpenEnum<OrderSideKinds>;
template class OpenEnum<OrderTypeKinds>;
template class OpenEnum<TimeInForceKinds>;
template class OpenEnum<OrderClassKinds>;
template class OpenEnum<PositionIntentKinds>;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

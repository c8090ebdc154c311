#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/open_enum.hpp>
#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// The words of `OrderSide`.
struct ALPACA_BROKER_EXPORT OrderSideKinds {
  /// The known words.
  enum Kind {
    Unknown,          ///< an unknown word, or none: see `OpenEnum::str()`
    Buy,              ///< `buy`
    Sell,             ///< `sell`
    BuyMinus,         ///< `buy_minus`: a buy on a minus tick
    SellPlus,         ///< `sell_plus`: a sell on a plus tick
    SellShort,        ///< `sell_short`
    SellShortExempt,  ///< `sell_short_exempt`
    Undisclosed,      ///< `undisclosed`
    Cross,            ///< `cross`
    CrossShort,       ///< `cross_short`
  };
  friend OrderSideKinds kindsOf(Kind);  ///< never called: tells `toString` and `<<` whose enumerators these are
};
/// The side of an order: buy, sell, or one of their variants.
using OrderSide = OpenEnum<OrderSideKinds>;

/// The words of `OrderType`.
struct ALPACA_BROKER_EXPORT OrderTypeKinds {
  /// The known words.
  enum Kind {
    Unknown,       ///< an unknown word, or none: see `OpenEnum::str()`
    Market,        ///< `market`
    Limit,         ///< `limit`
    Stop,          ///< `stop`
    StopLimit,     ///< `stop_limit`
    TrailingStop,  ///< `trailing_stop`
  };
  friend OrderTypeKinds kindsOf(Kind);  ///< never called: tells `toString` and `<<` whose enumerators these are
};
/// How an order's price is set.
using OrderType = OpenEnum<OrderTypeKinds>;

/// The words of `TimeInForce`.
struct ALPACA_BROKER_EXPORT TimeInForceKinds {
  /// The known words.
  enum Kind {
    Unknown,  ///< an unknown word, or none: see `OpenEnum::str()`
    Day,      ///< `day`: until the end of the trading day
    Gtc,      ///< `gtc`: until it is canceled
    Opg,      ///< `opg`: only in the opening auction
    Cls,      ///< `cls`: only in the closing auction
    Ioc,      ///< `ioc`: immediately or not at all, perhaps in part
    Fok,      ///< `fok`: immediately and in full, or not at all
  };
  friend TimeInForceKinds kindsOf(Kind);  ///< never called: tells `toString` and `<<` whose enumerators these are
};
/// How long an order stays open.
using TimeInForce = OpenEnum<TimeInForceKinds>;

/// The words of `OrderClass`.
struct ALPACA_BROKER_EXPORT OrderClassKinds {
  /// The known words.
  enum Kind {
    Unknown,   ///< an unknown word, or none: see `OpenEnum::str()`
    Simple,    ///< `simple`: a single order; the broker may also write an empty text
    Bracket,   ///< `bracket`: an entry with a take-profit and a stop-loss
    Oco,       ///< `oco`: two exits; a fill of one cancels the other
    Oto,       ///< `oto`: an entry with one exit
    MultiLeg,  ///< `mleg`: an option order with several legs
  };
  friend OrderClassKinds kindsOf(Kind);  ///< never called: tells `toString` and `<<` whose enumerators these are
};
/// Whether an order is part of a group.
using OrderClass = OpenEnum<OrderClassKinds>;

/// The words of `PositionIntent`.
struct ALPACA_BROKER_EXPORT PositionIntentKinds {
  /// The known words.
  enum Kind {
    Unknown,      ///< an unknown word, or none: see `OpenEnum::str()`
    BuyToOpen,    ///< `buy_to_open`
    BuyToClose,   ///< `buy_to_close`
    SellToOpen,   ///< `sell_to_open`
    SellToClose,  ///< `sell_to_close`
  };
  friend PositionIntentKinds kindsOf(Kind);  ///< never called: tells `toString` and `<<` whose enumerators these are
};
/// Whether an order opens a position or closes one.
using PositionIntent = OpenEnum<PositionIntentKinds>;

extern template class OpenEnum<OrderSideKinds>;
extern template class OpenEnum<OrderTypeKinds>;
extern template class OpenEnum<TimeInForceKinds>;
extern template class OpenEnum<OrderClassKinds>;
extern template class OpenEnum<PositionIntentKinds>;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

#include <alpaca/broker/version.hpp>

namespace alpaca::broker::testing {
inline namespace ALPACA_BROKER_ABI {

/// What can go wrong with a request on its way to the broker, there, or on the way back.
enum class MockFault {
  LostRequest,            ///< the connection ends; the broker did nothing
  LostAnswer,             ///< the broker acts on the request; then the connection ends without a byte of an answer
  BadGateway,             ///< 502 with an HTML page; the broker did nothing
  BadGatewayAfterActing,  ///< the broker acts on the request; the client gets a 502 with an HTML page
  TooManyRequests,        ///< 429 with `Retry-After: 0`; the broker did nothing
  Stall,                  ///< no answer until the client gives up or the broker ends; the broker did nothing
  StallAfterActing,       ///< the broker acts on the request; no answer until the client gives up or the broker ends

  /// The broker acts on the request; the connection ends in the middle of the answer's body. An answer without a body,
  /// such as the 204 of a cancel, is lost as with `LostAnswer`.
  CutAnswer,
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::testing

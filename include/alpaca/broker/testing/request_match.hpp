#pragma once

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/version.hpp>

#include <optional>
#include <string>

namespace alpaca::broker::testing {
inline namespace ALPACA_BROKER_ABI {

/// Selects requests for a fault or a delay. A request must match every field that is set; `{}` selects all requests.
///
/// ```cpp
/// mock.failNext(MockFault::LostAnswer, {"DELETE", order()});       // the next cancel of this order
/// mock.injectFaults(1, 42, {MockFault::BadGateway}, {"GET"});      // every read: 1 is always
/// mock.delayAnswers(std::chrono::milliseconds(200), {"", other});  // every answer about the other order
/// ```
struct RequestMatch {
  /// `DELETE`, `GET`, ..., in any case; empty: any method.
  std::string method{};

  /// The order that the path names. A list, a cancel-all and a look-up by client order id name none.
  std::optional<OrderId> orderId{};

  /// The account that the path names.
  std::optional<AccountId> accountId{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::testing

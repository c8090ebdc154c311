#pragma once

#include <string>
#include <string_view>

namespace alpaca::broker::testing {

enum class Endpoint { Unknown, CancelOrder, CancelAllOrders, GetOrder, GetOrderByClientId, ListOrders, GetClock };

/// What a request asks for.
struct Route {
  Endpoint endpoint = Endpoint::Unknown;
  std::string account{};     ///< decoded
  std::string order{};       ///< decoded
  bool isDecoded = true;     ///< false when a part of the path cannot be decoded
  std::string_view query{};  ///< a view into the target: not decoded, without the `?`
};

/// Reads the target, with or without scheme and host. Splits the path before decoding it, so that an encoded slash
/// never starts another segment.
Route routeOf(std::string_view method, std::string_view target);

}  // namespace alpaca::broker::testing

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
  bool isDecoded = true;     ///< false when a part of the path cannot be
  std::string_view query{};  ///< a view of the target: not decoded, without the `?`
};

/// Reads the target, whole or without scheme and host. The path is divided before it is decoded, so that an encoded
/// slash never begins another part.
Route routeOf(std::string_view method, std::string_view target);

}  // namespace alpaca::broker::testing

#pragma once

#include <string_view>

namespace alpaca::broker::testing {

enum class Endpoint { Unknown, CancelOrder, CancelAllOrders, GetOrder, GetOrderByClientId, ListOrders, GetClock };

/// What a request asks for: views of its target, not decoded.
struct Route {
  Endpoint endpoint = Endpoint::Unknown;
  std::string_view account{};
  std::string_view order{};
  std::string_view query{};  ///< without the `?`
};

Route routeOf(std::string_view method, std::string_view target);

}  // namespace alpaca::broker::testing

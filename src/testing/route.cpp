#include "testing/route.hpp"

#include "testing/query.hpp"

#include <algorithm>

namespace alpaca::broker::testing {
namespace {

// Takes off what is before the separator, and the separator.
std::string_view takeUpTo(char separator, std::string_view& rest) {
  const std::string_view taken = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

bool take(std::string_view prefix, std::string_view& rest) {
  if (rest.substr(0, prefix.size()) != prefix) return false;
  rest.remove_prefix(prefix.size());
  return true;
}

bool isOneSegment(std::string_view text) { return !text.empty() && text.find('/') == std::string_view::npos; }

Endpoint ofOneOrder(std::string_view method) {
  if (method == "DELETE") return Endpoint::CancelOrder;
  return method == "GET" ? Endpoint::GetOrder : Endpoint::Unknown;
}

Endpoint ofAllOrders(std::string_view method) {
  if (method == "DELETE") return Endpoint::CancelAllOrders;
  return method == "GET" ? Endpoint::ListOrders : Endpoint::Unknown;
}

}  // namespace

Route routeOf(std::string_view method, std::string_view target) {
  Route route;
  std::string_view path = takeUpTo('?', target);
  route.query = target;
  if (path == "/v1/clock") {
    if (method == "GET") route.endpoint = Endpoint::GetClock;
    return route;
  }
  if (!take("/v1/trading/accounts/", path)) return route;
  route.account = takeUpTo('/', path);
  if (route.account.empty()) return route;
  if (path == "orders") {
    route.endpoint = ofAllOrders(method);
  } else if (take("orders/", path)) {
    route.order = path;
    if (isOneSegment(path)) route.endpoint = ofOneOrder(method);
  } else if (method == "GET" && percentDecoded(path) == "orders:by_client_order_id") {
    route.endpoint = Endpoint::GetOrderByClientId;
  }
  return route;
}

}  // namespace alpaca::broker::testing

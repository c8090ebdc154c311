#include "testing/route.hpp"

#include "testing/query.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::testing {
namespace {

bool take(std::string_view prefix, std::string_view& rest) {
  if (rest.substr(0, prefix.size()) != prefix) return false;
  rest.remove_prefix(prefix.size());
  return true;
}

// A client that takes the server for a proxy sends the whole URL. Every server has to understand that.
std::string_view withoutHost(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    std::string_view rest = target;
    if (take(scheme, rest)) return rest.substr(std::min(rest.find('/'), rest.size()));
  }
  return target;
}

std::string decoded(std::string_view part, Route& route) {
  auto text = percentDecoded(part);
  if (!text) route.isDecoded = false;
  return std::move(text).value_or(std::string());
}

Endpoint byMethod(std::string_view method, Endpoint ofDelete, Endpoint ofGet) {
  if (method == "DELETE") return ofDelete;
  return method == "GET" ? ofGet : Endpoint::Unknown;
}

void readOrders(std::string_view method, std::string_view path, Route& route) {
  const std::string_view collection = takeUpTo('/', path);
  const auto name = percentDecoded(collection);
  // True when nothing followed, not even a slash: "orders/" must not count as "orders", which cancels all orders.
  const bool isWhole = path.empty() && collection.data() + collection.size() == path.data();
  // guard: a trailing slash after the mock's orders is not cancel-all
  if (name == "orders" && isWhole) {
    route.endpoint = byMethod(method, Endpoint::CancelAllOrders, Endpoint::ListOrders);
  } else if (name == "orders" && !path.empty() && path.find('/') == std::string_view::npos) {
    route.order = decoded(path, route);
    route.endpoint = byMethod(method, Endpoint::CancelOrder, Endpoint::GetOrder);
  } else if (name == "orders:by_client_order_id" && isWhole && method == "GET") {
    route.endpoint = Endpoint::GetOrderByClientId;
  }
}

}  // namespace

Route routeOf(std::string_view method, std::string_view target) {
  if (method == "HEAD") method = "GET";  // the same answer; the server sends no body for it
  target = withoutHost(target);
  Route route;
  std::string_view path = takeUpTo('?', target);
  route.query = target;
  if (path == "/v1/clock") {
    if (method == "GET") route.endpoint = Endpoint::GetClock;
    return route;
  }
  if (!take("/v1/trading/accounts/", path)) return route;
  const std::string_view account = takeUpTo('/', path);
  if (account.empty()) return route;
  route.account = decoded(account, route);
  readOrders(method, path, route);
  return route;
}

}  // namespace alpaca::broker::testing

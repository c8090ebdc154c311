#include "testing/order_answers.hpp"

#include "testing/order_json.hpp"
#include "testing/order_list.hpp"
#include "testing/query.hpp"

#include <optional>
#include <string>

namespace alpaca::broker::testing {
namespace {

using nlohmann::json;

constexpr std::int64_t kNotCancelable = 42210000;

Answer orderNotFound() { return errorAnswer(404, 40410000, "order not found"); }

std::string whyNotCancelable(const Order& order) { return "order is already in \"" + order.status.str() + "\" state"; }

Answer cancelOrder(OrderBook& orders, const AccountId& account, std::string_view id) {
  const auto order = orders.find(account, id);
  if (!order) return orderNotFound();
  const CancelVerdict verdict = orders.cancel(account, *order);
  return verdict.accepted ? Answer{204} : errorAnswer(422, kNotCancelable, whyNotCancelable(verdict.order));
}

// Holds an order, as the API's description says, and an error, as real refusals have shown.
json refusedBody(const Order& order) {
  json body = errorJson(kNotCancelable, whyNotCancelable(order));
  body["id"] = order.id.str();
  body["symbol"] = order.symbol;
  return body;
}

json cancelEntry(const CancelVerdict& verdict, bool withBody) {
  json entry = {{"id", verdict.order.id.str()}, {"status", verdict.accepted ? 200 : 422}};
  if (withBody) entry["body"] = verdict.accepted ? orderJson(verdict.order) : refusedBody(verdict.order);
  return entry;
}

Answer cancelAllOrders(OrderBook& orders, const AccountId& account, bool withBodies) {
  json entries = json::array();
  for (const CancelVerdict& verdict : orders.cancelAll(account)) entries.push_back(cancelEntry(verdict, withBodies));
  return jsonAnswer(207, entries);
}

Answer getOrder(OrderBook& orders, const AccountId& account, const std::optional<OrderId>& order) {
  if (!order) return orderNotFound();
  return jsonAnswer(200, orderJson(orders.order(account, *order)));
}

Answer getOrderByClientId(OrderBook& orders, const AccountId& account, std::string_view query) {
  const auto id = Query(query).value("client_order_id");
  if (!id || id->empty()) throw BadRequest("client_order_id is missing");
  return getOrder(orders, account, orders.findByClientId(account, *id));
}

Answer listOrders(OrderBook& orders, const AccountId& account, std::string_view query) {
  json array = json::array();
  for (const Order& order : orders.list(account, listQuery(query))) array.push_back(orderJson(order));
  return jsonAnswer(200, array);
}

// A market that opens once a day, for six hours, and has opened or closed just now.
Answer clockAnswer(WallTime now, bool isOpen) {
  using std::chrono::hours;
  return jsonAnswer(200, {{"timestamp", rfc3339(now)},
                          {"is_open", isOpen},
                          {"next_open", rfc3339(now + hours(isOpen ? 24 : 18))},
                          {"next_close", rfc3339(now + hours(isOpen ? 6 : 24))}});
}

Answer actOnAccount(const Route& route, OrderBook& orders, const AccountId& account, bool cancelAllBodies) {
  switch (route.endpoint) {
    case Endpoint::CancelOrder:
      return cancelOrder(orders, account, route.order);
    case Endpoint::CancelAllOrders:
      return cancelAllOrders(orders, account, cancelAllBodies);
    case Endpoint::GetOrder:
      return getOrder(orders, account, orders.find(account, route.order));
    case Endpoint::GetOrderByClientId:
      return getOrderByClientId(orders, account, route.query);
    default:
      return listOrders(orders, account, route.query);
  }
}

}  // namespace

Answer actOn(const Route& route, OrderBook& orders, const Circumstances& circumstances) try {
  if (route.endpoint == Endpoint::Unknown) return errorAnswer(404, 40410000, "endpoint not found");
  if (route.endpoint == Endpoint::GetClock) return clockAnswer(circumstances.now, circumstances.isMarketOpen);
  if (!route.isDecoded) throw BadRequest("the path is not percent-encoded");
  const auto account = AccountId::parse(route.account);
  if (!account) throw BadRequest("account_id is not a UUID");
  if (!orders.knows(*account)) return errorAnswer(404, 40410000, "account not found");
  return actOnAccount(route, orders, *account, circumstances.cancelAllBodies);
} catch (const BadRequest& problem) {
  return errorAnswer(400, 40010000, problem.what());
}

}  // namespace alpaca::broker::testing

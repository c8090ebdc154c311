#include "testing/order_json.hpp"

#include "testing/times.hpp"

#include <optional>

namespace alpaca::broker::testing {
namespace {

using nlohmann::json;

json orNull(const std::string& text) { return text.empty() ? json() : json(text); }
json orNull(const std::optional<Decimal>& number) { return number ? json(number->str()) : json(); }
json orNull(const std::optional<OrderId>& id) { return id ? json(id->str()) : json(); }

json orNull(const std::optional<Timestamp>& when) {
  if (!when) return {};
  return when->text.empty() ? rfc3339(when->time) : when->text;
}

void addDecimals(json& to, const Order& order) {
  to["filled_qty"] = order.filledQty.str();
  to["qty"] = orNull(order.qty);
  to["notional"] = orNull(order.notional);
  to["filled_avg_price"] = orNull(order.filledAvgPrice);
  to["limit_price"] = orNull(order.limitPrice);
  to["stop_price"] = orNull(order.stopPrice);
  to["trail_price"] = orNull(order.trailPrice);
  to["trail_percent"] = orNull(order.trailPercent);
  to["hwm"] = orNull(order.hwm);
  to["commission"] = orNull(order.commission);
}

void addTimes(json& to, const Order& order) {
  to["created_at"] = orNull(order.createdAt);
  to["updated_at"] = orNull(order.updatedAt);
  to["submitted_at"] = orNull(order.submittedAt);
  to["filled_at"] = orNull(order.filledAt);
  to["expired_at"] = orNull(order.expiredAt);
  to["canceled_at"] = orNull(order.canceledAt);
  to["cancel_requested_at"] = orNull(order.cancelRequestedAt);
  to["failed_at"] = orNull(order.failedAt);
  to["replaced_at"] = orNull(order.replacedAt);
}

json legsJson(const std::vector<Order>& legs) {
  if (legs.empty()) return {};
  json array = json::array();
  for (const Order& leg : legs) array.push_back(orderJson(leg));
  return array;
}

}  // namespace

json orderJson(const Order& order) {
  json object = json::object();
  object["id"] = order.id.str();
  object["client_order_id"] = orNull(order.clientOrderId);
  object["asset_id"] = orNull(order.assetId);
  object["symbol"] = order.symbol;
  object["asset_class"] = orNull(order.assetClass);
  object["order_class"] = order.orderClass;  // the API's word for none is an empty one
  object["type"] = orNull(order.type);
  object["side"] = orNull(order.side);
  object["time_in_force"] = orNull(order.timeInForce);
  object["status"] = order.status.str();
  addDecimals(object, order);
  addTimes(object, order);
  object["replaced_by"] = orNull(order.replacedBy);
  object["replaces"] = orNull(order.replaces);
  object["legs"] = legsJson(order.legs);
  return object;
}

std::string written(const json& json) { return json.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace alpaca::broker::testing

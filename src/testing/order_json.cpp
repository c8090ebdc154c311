#include "testing/order_json.hpp"

#include "testing/times.hpp"

#include <optional>
#include <utility>

namespace alpaca::broker::testing {
namespace {

using nlohmann::json;

// For fields that the API's description does not allow to be null: leaves out absent ones.
void addUnlessEmpty(json& to, const char* name, const std::string& text) {
  if (!text.empty()) to[name] = text;
}

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
  if (order.commission) to["commission"] = order.commission->str();
}

void addTimes(json& to, const Order& order) {
  if (order.createdAt) to["created_at"] = orNull(order.createdAt);
  if (order.updatedAt) to["updated_at"] = orNull(order.updatedAt);
  if (order.submittedAt) to["submitted_at"] = orNull(order.submittedAt);
  to["filled_at"] = orNull(order.filledAt);
  to["expired_at"] = orNull(order.expiredAt);
  to["canceled_at"] = orNull(order.canceledAt);
  to["cancel_requested_at"] = orNull(order.cancelRequestedAt);
  to["failed_at"] = orNull(order.failedAt);
  to["replaced_at"] = orNull(order.replacedAt);
}

json fields(const Order& order) {
  json object = json::object();
  object["id"] = order.id.str();
  object["symbol"] = order.symbol;
  object["order_class"] = order.orderClass.str();  // the API writes an empty text for none
  object["status"] = order.status.str();
  object["extended_hours"] = false;  // always present on the wire
  addUnlessEmpty(object, "client_order_id", order.clientOrderId);
  addUnlessEmpty(object, "asset_id", order.assetId);
  addUnlessEmpty(object, "asset_class", order.assetClass);
  addUnlessEmpty(object, "type", order.type.str());
  addUnlessEmpty(object, "order_type", order.type.str());  // an older name, still sent
  addUnlessEmpty(object, "side", order.side.str());
  addUnlessEmpty(object, "time_in_force", order.timeInForce.str());
  addUnlessEmpty(object, "position_intent", order.positionIntent.str());
  addDecimals(object, order);
  addTimes(object, order);
  object["replaced_by"] = orNull(order.replacedBy);
  object["replaces"] = orNull(order.replaces);
  return object;
}

// A leg has a `legs` field only if the test gave it legs: the description does not allow null there.
void addLegs(json& to, const Order& order) {
  for (const Order& leg : order.legs) {
    json object = fields(leg);
    addLegs(object, leg);
    to["legs"].push_back(std::move(object));
  }
}

}  // namespace

json orderJson(const Order& order) {
  json object = fields(order);
  object["legs"] = nullptr;
  addLegs(object, order);
  return object;
}

}  // namespace alpaca::broker::testing

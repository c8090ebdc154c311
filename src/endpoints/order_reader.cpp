#include "endpoints/order_reader.hpp"

#include "base/ascii.hpp"
#include "base/json_document.hpp"
#include "model/timestamp.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker::endpoints {
namespace {

using nlohmann::json;

// Reads the fields of one order. A value of the wrong type is kept as text and noted, so nothing gets lost.
class Fields {
 public:
  Fields(const json& object, Order& order) : object_(object), order_(order) {}

  std::string text(const char* name) {
    const json* const value = find(name);
    if (value == nullptr) return {};
    if (!value->is_string()) note(name, textOf(*value));
    return textOf(*value);
  }

  std::optional<Decimal> decimal(const char* name) {
    std::optional<std::string> text = nonEmpty(name);
    if (!text) return std::nullopt;
    Decimal number(std::move(*text));
    if (!number.isNumber()) note(name, number.str());
    return number;
  }

  std::optional<Timestamp> timestamp(const char* name) {
    std::optional<std::string> text = nonEmpty(name);
    if (!text) return std::nullopt;
    if (std::optional<Timestamp> moment = model::parseTimestamp(*text)) return moment;
    note(name, *text);
    // guard: an unreadable time says so
    return Timestamp{{}, std::move(*text), false};
  }

  std::optional<OrderId> orderId(const char* name) {
    std::optional<std::string> text = nonEmpty(name);
    if (!text) return std::nullopt;
    const Result<OrderId> id = OrderId::parse(*text);
    if (id && find(name)->is_string()) return *id;  // the JSON literal `true` must not pass as an id
    note(name, std::move(*text));
    return std::nullopt;
  }

  /// @return false when a leg is not an order
  bool readLegs() {
    const json* const legs = find("legs");
    if (legs == nullptr || !legs->is_array()) {
      const auto other = nonEmpty("legs");
      if (other) note("legs", *other);
      return true;
    }
    order_.legs.reserve(legs->size());
    for (const json& element : *legs) {
      std::optional<Order> leg = readOrder(element);
      if (!leg) return false;
      order_.legs.push_back(std::move(*leg));
    }
    return true;
  }

 private:
  [[nodiscard]] const json* find(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  [[nodiscard]] std::optional<std::string> nonEmpty(const char* name) const {
    const json* const value = find(name);
    if (value == nullptr) return std::nullopt;
    std::string text = textOf(*value);
    return text.empty() ? std::nullopt : std::optional<std::string>(std::move(text));
  }

  static std::string textOf(const json& value) {
    return value.is_string() ? value.get_ref<const std::string&>()
                             : value.dump(-1, ' ', false, json::error_handler_t::replace);
  }

  void note(const char* name, std::string text) { order_.unreadable.push_back({name, std::move(text)}); }

  const json& object_;
  Order& order_;
};

void readTerms(Fields& fields, Order& order) {
  order.symbol = fields.text("symbol");
  order.clientOrderId = fields.text("client_order_id");
  order.status = OrderStatus(fields.text("status"));
  order.side = OrderSide(fields.text("side"));
  order.type = OrderType(fields.text("type"));
  order.orderClass = OrderClass(fields.text("order_class"));
  order.timeInForce = TimeInForce(fields.text("time_in_force"));
  order.positionIntent = PositionIntent(fields.text("position_intent"));
  order.assetId = fields.text("asset_id");
  order.assetClass = fields.text("asset_class");
  order.replacedBy = fields.orderId("replaced_by");
  order.replaces = fields.orderId("replaces");
}

void readNumbers(Fields& fields, Order& order) {
  order.filledQty = fields.decimal("filled_qty").value_or(Decimal());
  order.qty = fields.decimal("qty");
  order.notional = fields.decimal("notional");
  order.filledAvgPrice = fields.decimal("filled_avg_price");
  order.limitPrice = fields.decimal("limit_price");
  order.stopPrice = fields.decimal("stop_price");
  order.trailPrice = fields.decimal("trail_price");
  order.trailPercent = fields.decimal("trail_percent");
  order.hwm = fields.decimal("hwm");
  order.commission = fields.decimal("commission");
}

void readTimes(Fields& fields, Order& order) {
  order.createdAt = fields.timestamp("created_at");
  order.updatedAt = fields.timestamp("updated_at");
  order.submittedAt = fields.timestamp("submitted_at");
  order.filledAt = fields.timestamp("filled_at");
  order.expiredAt = fields.timestamp("expired_at");
  order.canceledAt = fields.timestamp("canceled_at");
  order.cancelRequestedAt = fields.timestamp("cancel_requested_at");
  order.failedAt = fields.timestamp("failed_at");
  order.replacedAt = fields.timestamp("replaced_at");
}

}  // namespace

std::optional<Order> readOrder(const json& json) {
  const std::string* const text = json.is_object() ? base::findText(json, "id") : nullptr;
  if (text == nullptr) return std::nullopt;
  const Result<OrderId> id = OrderId::parse(*text);
  if (!id) return std::nullopt;
  Order order{*id};
  Fields fields(json, order);
  readTerms(fields, order);
  readNumbers(fields, order);
  readTimes(fields, order);
  if (!fields.readLegs()) return std::nullopt;
  return order;
}

bool isOfAnotherAccount(const json& order, const AccountId& account) {
  if (!order.is_object()) return false;
  const std::string* const owner = base::findText(order, "account_id");
  // guard: an answer about another account's order is not believed
  if (owner != nullptr && !owner->empty() && !base::equalIgnoringCase(*owner, account.str())) return true;
  const auto legs = order.find("legs");
  return legs != order.end() && legs->is_array() &&
         std::any_of(legs->begin(), legs->end(), [&](const json& leg) { return isOfAnotherAccount(leg, account); });
}

}  // namespace alpaca::broker::endpoints

#include "core/order_reader.hpp"

#include "core/json_document.hpp"
#include "core/timestamp.hpp"
#include "http/ascii.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker::core {
namespace {

using nlohmann::json;

std::string text(const json& object, const char* name) {
  const std::string* const found = findText(object, name);
  return found == nullptr ? std::string() : *found;
}

std::size_t skipDigits(std::string_view number, std::size_t at) noexcept {
  while (at < number.size() && http::isDigit(number[at])) ++at;
  return at;
}

// As JSON writes numbers; leading zeros, and nothing before or after the point, are let pass.
bool isDecimal(std::string_view number) noexcept {
  if (!number.empty() && (number.front() == '-' || number.front() == '+')) number.remove_prefix(1);
  std::size_t at = skipDigits(number, 0);
  std::size_t digits = at;
  if (at < number.size() && number[at] == '.') {
    const std::size_t end = skipDigits(number, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits == 0 || at == number.size()) return digits > 0;
  if (http::lowerCase(number[at]) != 'e') return false;
  ++at;
  if (at < number.size() && (number[at] == '-' || number[at] == '+')) ++at;
  return at < number.size() && skipDigits(number, at) == number.size();
}

std::optional<Decimal> decimal(const json& object, const char* name) {
  const std::string* const found = findText(object, name);
  if (found == nullptr || !isDecimal(*found)) return std::nullopt;
  return Decimal(*found);
}

std::optional<Timestamp> timestamp(const json& object, const char* name) {
  const std::string* const found = findText(object, name);
  return found == nullptr ? std::nullopt : parseTimestamp(*found);
}

std::optional<OrderId> orderId(const json& object, const char* name) {
  const std::string* const found = findText(object, name);
  if (found == nullptr) return std::nullopt;
  const Result<OrderId> id = OrderId::parse(*found);
  return id ? std::optional<OrderId>(*id) : std::nullopt;
}

void readTerms(const json& object, Order& order) {
  order.clientOrderId = text(object, "client_order_id");
  order.status = OrderStatus(text(object, "status"));
  order.side = text(object, "side");
  order.type = text(object, "type");
  order.orderClass = text(object, "order_class");
  order.timeInForce = text(object, "time_in_force");
  order.assetId = text(object, "asset_id");
  order.assetClass = text(object, "asset_class");
  order.replacedBy = orderId(object, "replaced_by");
  order.replaces = orderId(object, "replaces");
}

void readNumbers(const json& object, Order& order) {
  order.filledQty = decimal(object, "filled_qty").value_or(Decimal());
  order.qty = decimal(object, "qty");
  order.notional = decimal(object, "notional");
  order.filledAvgPrice = decimal(object, "filled_avg_price");
  order.limitPrice = decimal(object, "limit_price");
  order.stopPrice = decimal(object, "stop_price");
  order.trailPrice = decimal(object, "trail_price");
  order.trailPercent = decimal(object, "trail_percent");
  order.hwm = decimal(object, "hwm");
  order.commission = decimal(object, "commission");
}

void readTimes(const json& object, Order& order) {
  order.createdAt = timestamp(object, "created_at");
  order.updatedAt = timestamp(object, "updated_at");
  order.submittedAt = timestamp(object, "submitted_at");
  order.filledAt = timestamp(object, "filled_at");
  order.expiredAt = timestamp(object, "expired_at");
  order.canceledAt = timestamp(object, "canceled_at");
  order.cancelRequestedAt = timestamp(object, "cancel_requested_at");
  order.failedAt = timestamp(object, "failed_at");
  order.replacedAt = timestamp(object, "replaced_at");
}

}  // namespace

std::optional<Order> readOrder(const json& json) {
  const std::optional<OrderId> id = json.is_object() ? orderId(json, "id") : std::nullopt;
  const std::string* const symbol = id ? findText(json, "symbol") : nullptr;
  if (symbol == nullptr) return std::nullopt;
  Order order{*id};
  order.symbol = *symbol;
  readTerms(json, order);
  readNumbers(json, order);
  readTimes(json, order);
  const auto legs = json.find("legs");
  if (legs == json.end() || !legs->is_array()) return order;
  auto read = readOrders(*legs);
  if (!read) return std::nullopt;
  order.legs = std::move(*read);
  return order;
}

std::optional<std::vector<Order>> readOrders(const json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<Order> orders;
  orders.reserve(json.size());
  for (const auto& element : json) {
    std::optional<Order> order = readOrder(element);
    if (!order) return std::nullopt;
    orders.push_back(std::move(*order));
  }
  return orders;
}

}  // namespace alpaca::broker::core

#include "testing/order_states.hpp"

#include <stdexcept>

namespace alpaca::broker::testing {
namespace {

void notePrice(Order& order) {
  if (!order.filledAvgPrice) order.filledAvgPrice = order.limitPrice ? *order.limitPrice : Decimal("100");
}

void noteWholeFill(Order& order) {
  if (order.qty) order.filledQty = *order.qty;
  // An order by value has no quantity: any number that it might have bought will do.
  if (order.filledQty.str().empty() || order.filledQty.isZero()) order.filledQty = Decimal("1");
  notePrice(order);
  order.filledAt = order.updatedAt;
}

void completeTime(std::optional<Timestamp>& when, WallTime otherwise) {
  if (!when) when = timestamp(otherwise);
  if (when->text.empty()) when->text = rfc3339(when->time);
  // A time that was given only as text counts, too.
  if (when->time == WallTime{}) when->time = parseTime(when->text).value_or(WallTime{});
}

}  // namespace

Order plausibleOrder(const OrderId& id, const std::string& status, WallTime now) {
  Order order{id, "AAPL", "client-" + id.str()};
  order.side = OrderSide::Buy;
  order.type = OrderType::Limit;
  order.timeInForce = TimeInForce::Day;
  order.assetId = "b0b6dd9d-8b9b-48a9-ba46-b9d54906e415";
  order.assetClass = "us_equity";
  order.qty = Decimal("10");
  order.limitPrice = Decimal("150.25");
  complete(order, now);
  if (status == "partially_filled") fillPartly(order, Decimal("4"), now);
  enter(order, status, now);
  return order;
}

void complete(Order& order, WallTime now) {
  if (order.status.str().empty()) order.status = OrderStatus::New;
  if (order.filledQty.str().empty()) order.filledQty = Decimal("0");
  completeTime(order.submittedAt, now);
  completeTime(order.createdAt, order.submittedAt->time);
  completeTime(order.updatedAt, order.submittedAt->time);
}

void enter(Order& order, const std::string& status, WallTime now) {
  if (status.empty()) throw std::invalid_argument("MockBroker: the status of an order is empty");
  order.status = OrderStatus(status);
  order.updatedAt = timestamp(now);
  const OrderStatus::Kind state = order.status.kind();
  if (state == OrderStatus::Filled) noteWholeFill(order);
  if (state == OrderStatus::Canceled) order.canceledAt = order.updatedAt;
  if (state == OrderStatus::Expired) order.expiredAt = order.updatedAt;
  if (state == OrderStatus::Rejected) order.failedAt = order.updatedAt;
  if (state == OrderStatus::Replaced) order.replacedAt = order.updatedAt;
  if (state == OrderStatus::PendingCancel) order.cancelRequestedAt = order.updatedAt;
}

void fillPartly(Order& order, const Decimal& quantity, WallTime now) {
  if (isCancelable(order.status)) order.status = OrderStatus::PartiallyFilled;
  order.updatedAt = timestamp(now);
  order.filledQty = quantity;
  notePrice(order);
}

Order replacement(const Order& order, const OrderId& id, WallTime now) {
  Order fresh = order;
  fresh.id = id;
  fresh.clientOrderId = "client-" + id.str();
  fresh.status = OrderStatus::New;
  fresh.filledQty = Decimal("0");
  fresh.filledAvgPrice.reset();
  for (auto* when : {&fresh.createdAt, &fresh.updatedAt, &fresh.submittedAt}) *when = timestamp(now);
  for (auto* when : {&fresh.filledAt, &fresh.expiredAt, &fresh.canceledAt, &fresh.cancelRequestedAt, &fresh.failedAt,
                     &fresh.replacedAt}) {
    when->reset();
  }
  fresh.replacedBy.reset();
  fresh.replaces = order.id;
  return fresh;
}

bool isCancelable(const OrderStatus& status) noexcept {
  return !status.isFinal() && status.kind() != OrderStatus::PendingCancel &&
         status.kind() != OrderStatus::PendingReplace;
}

}  // namespace alpaca::broker::testing

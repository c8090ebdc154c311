#pragma once

#include "core/operation.hpp"
#include "core/reading.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

/// GET /v1/trading/accounts/{account_id}/orders/{order_id}
namespace alpaca::broker::endpoints::get_order {

core::Sending request(const AccountId& account, const OrderId& order);
Result<Order> response(const http::HttpResponse& response);

inline core::Operation<Order> operation(const AccountId& account, const OrderId& order) {
  return {request(account, order), response, core::readAdvice};
}

}  // namespace alpaca::broker::endpoints::get_order

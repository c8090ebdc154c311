#pragma once

#include "core/operation.hpp"
#include "core/reading.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

/// GET /v1/trading/accounts/{account_id}/orders/{order_id}
namespace alpaca::broker::endpoints::get_order {

core::Sending request(const AccountId& account, const OrderId& order);

/// An answer about another order is an `UnexpectedResponse`: it proves nothing about this one.
Result<Order> response(const http::HttpResponse& response, const AccountId& account, const OrderId& order);

inline core::Operation<Order> operation(const AccountId& account, const OrderId& order) {
  return {request(account, order),
          [account, order](const http::HttpResponse& answer) { return response(answer, account, order); },
          core::readAdvice};
}

}  // namespace alpaca::broker::endpoints::get_order

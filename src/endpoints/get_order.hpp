#pragma once

#include "call/operation.hpp"
#include "endpoints/reading.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

/// GET /v1/trading/accounts/{account_id}/orders/{order_id}
namespace alpaca::broker::endpoints::get_order {

call::RequestSpec request(const AccountId& account, const OrderId& order);

/// An answer about another order is an `UnexpectedResponse`: it proves nothing about this one.
Result<Order> response(const http::HttpResponse& response, const AccountId& account, const OrderId& order);

inline call::Operation<Order> operation(const AccountId& account, const OrderId& order) {
  return {request(account, order),
          [account, order](const http::HttpResponse& answer) { return response(answer, account, order); }, readAdvice};
}

}  // namespace alpaca::broker::endpoints::get_order

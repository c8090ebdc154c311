#pragma once

#include "call/operation.hpp"
#include "endpoints/reading.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

/// GET /v1/trading/accounts/{account_id}/orders:by_client_order_id?client_order_id={client_order_id}
namespace alpaca::broker::endpoints::get_order_by_client_order_id {

call::RequestSpec request(const AccountId& account, const ClientOrderId& id);

/// Reads the order, or an array that holds just that one, as in the broker's older documentation. An answer about
/// another order is an `UnexpectedResponse`.
Result<Order> response(const http::HttpResponse& response, const AccountId& account, const ClientOrderId& id);

inline call::Operation<Order> operation(const AccountId& account, const ClientOrderId& id) {
  return {request(account, id),
          [account, id](const http::HttpResponse& answer) { return response(answer, account, id); }, readAdvice};
}

}  // namespace alpaca::broker::endpoints::get_order_by_client_order_id

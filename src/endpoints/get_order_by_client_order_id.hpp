#pragma once

#include "call/operation.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>

#include <string_view>

/// GET /v1/trading/accounts/{account_id}/orders:by_client_order_id?client_order_id={client_order_id}
namespace alpaca::broker::endpoints::get_order_by_client_order_id {

call::RequestSpec request(const AccountId& account, std::string_view clientOrderId);

/// Reads the order, or an array that holds just that one, as in the broker's older documentation. An answer about
/// another order is an `UnexpectedResponse`.
Result<Order> response(const http::HttpResponse& response, const AccountId& account, std::string_view clientOrderId);

/// Returns `InvalidArgument` for a text that cannot be a client order id.
Result<call::Operation<Order>> operation(const AccountId& account, std::string_view clientOrderId);

}  // namespace alpaca::broker::endpoints::get_order_by_client_order_id

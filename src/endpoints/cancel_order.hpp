#pragma once

#include "call/operation.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/ids.hpp>

/// DELETE /v1/trading/accounts/{account_id}/orders/{order_id}
namespace alpaca::broker::endpoints::cancel_order {

call::RequestSpec request(const AccountId& account, const OrderId& order);
Result<CancelAccepted> response(const http::HttpResponse& response);
std::string_view advice(const Error& error) noexcept;

inline call::Operation<CancelAccepted> operation(const AccountId& account, const OrderId& order) {
  return {request(account, order), response, advice};
}

}  // namespace alpaca::broker::endpoints::cancel_order

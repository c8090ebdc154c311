#pragma once

#include "call/operation.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/ids.hpp>

namespace alpaca::broker::endpoints {

/// What to do after a cancel, of one order or of all, that certainly had no effect. Advice that depends on the orders
/// in question comes from the endpoint itself.
std::string_view nothingCanceledAdvice(ErrorKind kind) noexcept;

/// True for an error that is about a 3xx.
bool isRedirect(const Error& error) noexcept;

/// DELETE /v1/trading/accounts/{account_id}/orders/{order_id}
namespace cancel_order {

call::RequestSpec request(const AccountId& account, const OrderId& order);
Result<CancelAccepted> response(const http::HttpResponse& response);
std::string_view advice(const Error& error) noexcept;

inline call::Operation<CancelAccepted> operation(const AccountId& account, const OrderId& order) {
  return {request(account, order), response, advice};
}

}  // namespace cancel_order
}  // namespace alpaca::broker::endpoints

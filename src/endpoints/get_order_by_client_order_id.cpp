#include "endpoints/get_order_by_client_order_id.hpp"

#include "core/order_query_check.hpp"
#include "core/percent_encoding.hpp"
#include "core/reading.hpp"
#include "endpoints/get_order.hpp"

#include <utility>

namespace alpaca::broker::endpoints::get_order_by_client_order_id {

namespace {

constexpr int kOk = 200;

}  // namespace

core::Sending request(const AccountId& account, std::string_view clientOrderId) {
  return {{"GET", "/v1/trading/accounts/" + account.str() +
                      "/orders:by_client_order_id?client_order_id=" + core::percentEncoded(clientOrderId)},
          "/v1/trading/accounts/{account_id}/orders:by_client_order_id",
          core::Idempotency::ReadOnly,
          kOk};
}

Result<core::Operation<Order>> operation(const AccountId& account, std::string_view clientOrderId) {
  if (auto fault = core::faultInClientOrderId(clientOrderId)) {
    fault->message.append(" ").append(core::readAdvice(*fault));
    return std::move(*fault);
  }
  return core::Operation<Order>{request(account, clientOrderId), get_order::response, core::readAdvice};
}

}  // namespace alpaca::broker::endpoints::get_order_by_client_order_id

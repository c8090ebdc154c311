#include "endpoints/get_order.hpp"

#include "base/json_document.hpp"
#include "call/status_table.hpp"
#include "endpoints/order_routes.hpp"

#include <nlohmann/json.hpp>

namespace alpaca::broker::endpoints::get_order {

call::RequestSpec request(const AccountId& account, const OrderId& order) {
  return {"getOrder",
          {"GET", {kAccounts, account.str(), kOrders, "/", order.str()}},
          "/v1/trading/accounts/{account_id}/orders/{order_id}",
          call::Idempotency::ReadOnly,
          kOk,
          placesOf(account, order)};
}

Result<Order> response(const http::HttpResponse& response, const AccountId& account, const OrderId& order) {
  if (response.status != kOk) return call::errorForStatus(response);
  const auto json = base::parseJson(response.body);
  Result<Order> read = readOneOrder(response, json ? &*json : nullptr, account);
  // guard: an answer about another order is not believed
  if (read && read->id != order) {
    return errorForAnother(response, "The answer is about another order, " + read->id.str() + ".");
  }
  return read;
}

}  // namespace alpaca::broker::endpoints::get_order

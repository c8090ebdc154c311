#include "endpoints/get_order_by_client_order_id.hpp"

#include "base/json_document.hpp"
#include "base/percent_encoding.hpp"
#include "call/status_table.hpp"
#include "endpoints/order_routes.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace alpaca::broker::endpoints::get_order_by_client_order_id {

namespace {

using nlohmann::json;

const json* orderIn(const base::JsonDocument& answer) {
  if (!answer) return nullptr;
  if (!answer->is_array()) return &*answer;
  return answer->size() == 1 ? &answer->front() : nullptr;
}

}  // namespace

call::RequestSpec request(const AccountId& account, const ClientOrderId& id) {
  return {"getOrderByClientOrderId",
          {"GET",
           {kAccounts, account.str(), kOrders, ":by_client_order_id?client_order_id=", base::percentEncoded(id.str())}},
          "/v1/trading/accounts/{account_id}/orders:by_client_order_id",
          call::Idempotency::ReadOnly,
          kOk,
          placesOf(account)};
}

Result<Order> response(const http::HttpResponse& response, const AccountId& account, const ClientOrderId& id) {
  if (response.status != kOk) return call::errorForStatus(response);
  const auto answer = base::parseJson(response.body);
  Result<Order> read = readOneOrder(response, orderIn(answer), account);
  // guard: an answer about another client order id is not believed
  if (read && read->clientOrderId != id.str()) {
    return errorForAnother(response, "The answer is about an order with another client order id.");
  }
  return read;
}

}  // namespace alpaca::broker::endpoints::get_order_by_client_order_id

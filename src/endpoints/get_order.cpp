#include "endpoints/get_order.hpp"

#include "base/json_document.hpp"
#include "call/status_table.hpp"
#include "endpoints/one_order.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace alpaca::broker::endpoints::get_order {

namespace {

constexpr int kOk = 200;

}  // namespace

call::RequestSpec request(const AccountId& account, const OrderId& order) {
  return {{"GET", {"/v1/trading/accounts/", account.str(), "/orders/", order.str()}},
          "/v1/trading/accounts/{account_id}/orders/{order_id}",
          call::Idempotency::ReadOnly,
          kOk};
}

Result<Order> response(const http::HttpResponse& response, const AccountId& account, const OrderId& order) {
  if (response.status != kOk) return call::errorForStatus(response);
  const auto json = base::parseJson(response.body);
  return one_order::read(response, json ? &*json : nullptr, account, [&](const Order& read) {
    // guard: an answer about another order is not believed
    const bool isAnother = read.id != order;
    return isAnother ? std::optional<std::string>("The answer is about another order, " + read.id.str() + ".")
                     : std::nullopt;
  });
}

}  // namespace alpaca::broker::endpoints::get_order

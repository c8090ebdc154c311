#include "endpoints/get_order.hpp"

#include "core/json_document.hpp"
#include "core/order_reader.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace alpaca::broker::endpoints::get_order {

namespace {

constexpr int kOk = 200;

}  // namespace

core::Sending request(const AccountId& account, const OrderId& order) {
  return {{"GET", {"/v1/trading/accounts/", account.str(), "/orders/", order.str()}},
          "/v1/trading/accounts/{account_id}/orders/{order_id}",
          core::Idempotency::ReadOnly,
          kOk};
}

Result<Order> response(const http::HttpResponse& response) {
  if (response.status != kOk) return core::errorForRead(response);
  const auto json = core::parseJson(response.body);
  auto order = json ? core::readOrder(*json) : std::nullopt;
  if (!order) return core::errorForRead(response);
  return std::move(*order);
}

}  // namespace alpaca::broker::endpoints::get_order

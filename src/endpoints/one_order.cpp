#include "endpoints/one_order.hpp"

#include "call/status_table.hpp"
#include "endpoints/order_reader.hpp"
#include "endpoints/read_error.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace alpaca::broker::endpoints::one_order {

Result<Order> read(const http::HttpResponse& response, const nlohmann::json* json, const AccountId& account,
                   const Objection& objection) {
  auto order = json != nullptr ? readOrder(*json) : std::nullopt;
  if (!order) return call::errorForStatus(response);
  if (auto why = objection(*order)) return errorForAnother(response, std::move(*why));
  if (isOfAnotherAccount(*json, account)) {
    return errorForAnother(response, "The answer is about an order of another account.");
  }
  return std::move(*order);
}

}  // namespace alpaca::broker::endpoints::one_order

#include "endpoints/one_order.hpp"

#include "core/order_reader.hpp"
#include "core/reading.hpp"
#include "core/status_table.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace alpaca::broker::endpoints::one_order {

Result<Order> read(const http::HttpResponse& response, const nlohmann::json* json, const AccountId& account,
                   const Objection& objection) {
  auto order = json != nullptr ? core::readOrder(*json) : std::nullopt;
  if (!order) return core::errorForStatus(response);
  if (auto why = objection(*order)) return core::errorForAnother(response, std::move(*why));
  if (core::isOfAnotherAccount(*json, account)) {
    return core::errorForAnother(response, "The answer is about an order of another account.");
  }
  return std::move(*order);
}

}  // namespace alpaca::broker::endpoints::one_order

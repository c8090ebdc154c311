#include "endpoints/list_orders.hpp"

#include "base/json_document.hpp"
#include "base/percent_encoding.hpp"
#include "call/status_table.hpp"
#include "endpoints/order_reader.hpp"
#include "endpoints/order_routes.hpp"
#include "model/timestamp.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker::endpoints::list_orders {

namespace {

using nlohmann::json;

std::string_view word(OrderFilter::Status status) noexcept {
  switch (status) {
    case OrderFilter::Status::Closed:
      return "closed";
    case OrderFilter::Status::All:
      return "all";
    case OrderFilter::Status::Open:
      break;
  }
  return "open";
}

std::string symbols(const std::vector<std::string>& symbols) {
  std::string list;
  for (const std::string& symbol : symbols) list.append(list.empty() ? "" : ",").append(base::percentEncoded(symbol));
  return list;
}

// Sends every parameter, even those with a default: the result must not depend on the broker's defaults.
std::string query(const OrderFilter& page) {
  std::string text = "?status=";
  text.append(word(page.status)).append("&limit=").append(std::to_string(page.limit.value_or(kMaxPage)));
  text += page.direction == OrderFilter::Direction::OldestFirst ? "&direction=asc" : "&direction=desc";
  text += page.nested ? "&nested=true" : "&nested=false";
  if (page.submittedAfter) text += "&after=" + base::percentEncoded(model::formatTimestamp(*page.submittedAfter));
  if (page.submittedBefore) text += "&until=" + base::percentEncoded(model::formatTimestamp(*page.submittedBefore));
  if (page.symbols) text += "&symbols=" + symbols(*page.symbols);
  return text;
}

enum class Owner { Asked, Another, Unclear };

// Most orders carry no account id. One that is not a UUID proves nothing.
Owner ownerOf(const json& order, const AccountId& account) {
  const std::string* const text = order.is_object() ? base::findText(order, "account_id") : nullptr;
  if (text == nullptr) return Owner::Asked;
  const auto owner = AccountId::parse(*text);
  if (!owner) return Owner::Unclear;
  return *owner == account ? Owner::Asked : Owner::Another;
}

Page readPage(const json& list, const AccountId& account) {
  Page page;
  page.orders.reserve(list.size());
  for (const json& element : list) {
    const Owner owner = ownerOf(element, account);
    // guard: no order of another account is listed
    if (owner == Owner::Another) {
      ++page.foreign;
    } else if (auto order = owner == Owner::Asked ? readOrder(element) : std::nullopt) {
      page.orders.push_back(*std::move(order));
    } else {
      ++page.unreadable;
    }
  }
  return page;
}

}  // namespace

call::RequestSpec request(const AccountId& account, const OrderFilter& page) {
  return {"listOrders",
          {"GET", {kAccounts, account.str(), kOrders, query(page)}, kLargeBody},
          "/v1/trading/accounts/{account_id}/orders",
          call::Idempotency::ReadOnly,
          kOk,
          placesOf(account)};
}

Result<Page> response(const http::HttpResponse& response, const AccountId& account) {
  if (response.status != kOk) return call::errorForStatus(response);
  const auto json = base::parseJson(response.body, response.readBy);
  if (!json || !json->is_array()) return errorForUnreadable(response);
  return readPage(*json, account);
}

}  // namespace alpaca::broker::endpoints::list_orders

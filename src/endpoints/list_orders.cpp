#include "endpoints/list_orders.hpp"

#include "core/json_document.hpp"
#include "core/order_reader.hpp"
#include "core/percent_encoding.hpp"
#include "core/timestamp.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker::endpoints::list_orders {

namespace {

using nlohmann::json;

constexpr int kOk = 200;

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
  for (const std::string& symbol : symbols) list.append(list.empty() ? "" : ",").append(core::percentEncoded(symbol));
  return list;
}

// Says also what the broker would take for granted: what is asked for does not hang on its defaults.
std::string query(const OrderFilter& page) {
  std::string text = "?status=";
  text.append(word(page.status)).append("&limit=").append(std::to_string(page.limit.value_or(kLargestPage)));
  text += page.direction == OrderFilter::Direction::OldestFirst ? "&direction=asc" : "&direction=desc";
  text += page.nested ? "&nested=true" : "&nested=false";
  if (page.after) text += "&after=" + core::percentEncoded(core::formatTimestamp(*page.after));
  if (page.until) text += "&until=" + core::percentEncoded(core::formatTimestamp(*page.until));
  if (page.symbols) text += "&symbols=" + symbols(*page.symbols);
  return text;
}

Page readPage(const json& list, const AccountId& account) {
  Page page;
  page.orders.reserve(list.size());
  for (const json& element : list) {
    if (core::isOfAnotherAccount(element, account)) {
      ++page.foreign;
    } else if (auto order = core::readOrder(element)) {
      page.orders.push_back(*std::move(order));
    } else {
      ++page.unreadable;
    }
  }
  return page;
}

}  // namespace

core::Sending request(const AccountId& account, const OrderFilter& page) {
  return {{"GET", "/v1/trading/accounts/" + account.str() + "/orders" + query(page), core::kLargeBody},
          "/v1/trading/accounts/{account_id}/orders",
          core::Idempotency::ReadOnly,
          kOk};
}

Result<Page> response(const http::HttpResponse& response, const AccountId& account) {
  if (response.status != kOk) return core::errorForRead(response);
  const auto json = core::parseJson(response.body, response.readBy);
  if (!json || !json->is_array()) return core::errorForRead(response);
  return readPage(*json, account);
}

}  // namespace alpaca::broker::endpoints::list_orders

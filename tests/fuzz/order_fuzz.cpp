// An input is a body. It is read as JSON, as an order, as a list of orders and as the answer to a cancel-all.
#include "fuzz/fuzz_target.hpp"

#include "base/json_document.hpp"
#include "endpoints/cancel_all.hpp"
#include "endpoints/get_order.hpp"
#include "endpoints/list_orders.hpp"
#include "endpoints/order_reader.hpp"
#include "model/timestamp.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace alpaca::broker::fuzz {
namespace {

using nlohmann::json;

std::size_t depthOf(const json& value) {
  std::size_t deepest = 0;
  for (const json& element : value) {
    if (value.is_structured()) deepest = std::max(deepest, depthOf(element));
  }
  return value.is_structured() ? deepest + 1 : 0;
}

bool hasNumber(const json& value) {
  return value.is_number() || (value.is_structured() && std::any_of(value.begin(), value.end(), hasNumber));
}

void checkJson(std::string_view input) {
  const auto document = base::parseJson(input);
  const bool isJson = json::accept(input) && !contains(input, std::string_view("\0", 1));
  require(isJson || !document, "text that is not JSON has no value");
  if (document) {
    require(depthOf(*document) <= 32, "nesting is bounded");
    require(!hasNumber(*document), "no number is a floating-point number");
  } else if (isJson) {
    require(std::count_if(input.begin(), input.end(), [](char c) { return c == '[' || c == '{'; }) > 32,
            "JSON that is not too deep is read");
  }
}

void checkId(const OrderId& id) {
  require(!id.str().empty() && id.str().size() <= 128, "an id has an allowed length");
  require(id.str().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
              std::string::npos,
          "an id means nothing in a URL");
}

void checkDecimal(const std::optional<Decimal>& decimal, std::string_view input) {
  if (!decimal) return;
  require(!decimal->isZero() || decimal->isNumber(), "text that is no number is not zero");
  if (!decimal->isNumber()) return;
  require(decimal->str().find_first_not_of("0123456789+-.eE") == std::string::npos, "a decimal is a number");
  // A text may spell its digits as escapes.
  require(contains(input, decimal->str()) || contains(input, "\\"), "a decimal keeps its digits");
}

void checkTimestamp(const std::optional<Timestamp>& timestamp) {
  if (!timestamp) return;
  require(timestamp->readable == model::parseTimestamp(timestamp->text).has_value(), "unreadable times are reported");
  if (!timestamp->readable) return;
  const auto again = model::parseTimestamp(model::formatTimestamp(timestamp->time));
  // With its offset, a time can lie outside the years that can be read.
  require(!again || again->time == timestamp->time, "a written time reads as the same time");
  require(again || contains(timestamp->text, "1678-01-01T") || contains(timestamp->text, "2261-12-31T"),
          "a time that was read can be read again");
}

void checkOrder(const Order& order, std::string_view input) {
  checkId(order.id);
  for (const auto& id : {order.replacedBy, order.replaces}) {
    if (id) checkId(*id);
  }
  for (const auto& decimal : {order.qty, order.notional, order.filledAvgPrice, order.limitPrice, order.stopPrice,
                              order.trailPrice, order.trailPercent, order.hwm, order.commission}) {
    checkDecimal(decimal, input);
  }
  checkDecimal(order.filledQty, input);
  for (const auto& time : {order.createdAt, order.updatedAt, order.submittedAt, order.filledAt, order.expiredAt,
                           order.canceledAt, order.cancelRequestedAt, order.failedAt, order.replacedAt}) {
    checkTimestamp(time);
  }
  for (const Order& leg : order.legs) checkOrder(leg, input);
}

void checkUnreadable(const Error& error) {
  require(error.kind == ErrorKind::UnexpectedResponse, "an unreadable answer is an unexpected one");
  require(error.maybeApplied, "an unreadable answer leaves doubt, which the pipeline removes from reads");
  require(error.body.size() <= 65'536, "the body is bounded");
}

const AccountId& account() {
  static const AccountId kAccount = AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  return kAccount;
}

void checkReads(std::string_view input) {
  const http::HttpResponse answer{200, {}, std::string(input), {}};
  const auto document = base::parseJson(input);
  const auto read = document ? endpoints::readOrder(*document) : std::nullopt;
  const OrderId asked = read ? read->id : OrderId::parse("asked").value();
  const auto order = endpoints::get_order::response(answer, account(), asked);
  const auto page = endpoints::list_orders::response(answer, account());
  require(!order || !page, "an order is not a list");
  if (order) checkOrder(*order, input);
  const auto another = endpoints::get_order::response(answer, account(), OrderId::parse("never-there").value());
  require(!another || asked.str() == "never-there", "an answer about another order is not believed");
  if (!order) checkUnreadable(order.error());
  if (!page) return checkUnreadable(page.error());
  require(page->size() == base::parseJson(input)->size(), "every entry of a list is returned or counted");
  for (const Order& listed : page->orders) checkOrder(listed, input);
}

void checkEntry(const CancelAllEntry& entry, std::string_view input) {
  checkId(entry.orderId);
  require(!entry.accepted() || entry.status == 200 || entry.status == 204, "only 200 and 204 are an acceptance");
  if (entry.after) {
    require(entry.accepted() && entry.after->id == entry.orderId, "an entry is about one order");
    checkOrder(*entry.after, input);
  }
  if (entry.accepted()) return;
  require(entry.error->httpStatus == entry.status, "the status is reported");
  const bool isBelieved = entry.error->message.empty();
  require(!isBelieved || entry.error->maybeApplied == (entry.status / 100 != 4),
          "only a 4xx means that nothing was done");
  require(isBelieved || entry.error->maybeApplied, "an answer that is not believed leaves doubt");
  require(entry.error->body.empty(), "a part of an answer has no body of its own");
  require(entry.error->brokerMessage.size() <= 3 * input.size(), "the broker's message is bounded");
}

void checkCancelAll(std::string_view input) {
  const auto report = endpoints::cancel_all::response({207, {}, std::string(input), {}}, account());
  if (!report) return checkUnreadable(report.error());
  require(report->entries.size() == base::parseJson(input)->size(), "no entry is left out");
  require(!report->doubt && report->open.empty(), "a clear answer is recognised");
  for (const CancelAllEntry& entry : report->entries) checkEntry(entry, input);
}

}  // namespace

void check(std::string_view input) {
  checkJson(input);
  checkReads(input);
  checkCancelAll(input);
  if (const auto timestamp = model::parseTimestamp(input)) checkTimestamp(timestamp);
}

}  // namespace alpaca::broker::fuzz

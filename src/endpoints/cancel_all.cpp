#include "endpoints/cancel_all.hpp"

#include "base/json_document.hpp"
#include "call/status_table.hpp"
#include "endpoints/order_reader.hpp"
#include "endpoints/order_routes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace alpaca::broker::endpoints::cancel_all {

namespace {

using nlohmann::json;

constexpr int kOk = 200;
constexpr int kNoContent = 204;
constexpr int kMultiStatus = 207;
constexpr int kUnprocessable = 422;

bool isAccepted(int status) { return status == kOk || status == kNoContent; }

std::optional<int> statusIn(const json& entry) {
  const std::string* const text = base::findText(entry, "status");
  if (text == nullptr) return std::nullopt;
  int status = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), status);
  const bool isStatus = fault == std::errc{} && end == text->data() + text->size() && status >= 200 && status <= 999;
  return isStatus ? std::optional<int>(status) : std::nullopt;
}

// Reads the broker's code and message as if they had come as an answer of their own.
Error refusal(int status, const json* body) {
  const auto text = body == nullptr ? std::string() : body->dump(-1, ' ', false, json::error_handler_t::replace);
  Error error = call::errorForStatus({status, {}, text, {}});
  if (status == kUnprocessable) error.kind = ErrorKind::NotCancelable;
  error.body.clear();  // it holds JSON written anew, not what the broker sent
  return error;
}

bool isRefusal(const json& body) { return body.contains("code") || body.contains("message"); }

// Returns why an entry is not credible; null if it is.
const char* objection(const json& element, int status, const json* body, const OrderId& order,
                      const AccountId& account) {
  constexpr const char* kAnotherAccount = "The entry is about an order of another account.";
  if (isOfAnotherAccount(element, account)) return kAnotherAccount;
  if (body == nullptr || !body->is_object()) return nullptr;
  if (!isAccepted(status) && isRefusal(*body)) return nullptr;  // a refusal need not hold an order
  // guard: an entry that holds a refusal was not accepted
  if (isRefusal(*body) && !body->contains("id")) return "The entry says accepted, but holds a refusal.";
  if (isOfAnotherAccount(*body, account)) return kAnotherAccount;
  const std::string* const text = base::findText(*body, "id");
  if (text == nullptr) return nullptr;
  const Result<OrderId> id = OrderId::parse(*text);
  // guard: an entry that holds another order is in doubt
  return id && *id != order ? "The entry names one order and contains another." : nullptr;
}

Error disbelief(int status, const char* why) {
  Error error;
  error.kind = ErrorKind::UnexpectedResponse;
  error.httpStatus = status;
  error.maybeApplied = true;
  error.message = why;
  return error;
}

std::optional<CancelAllEntry> readEntry(const json& element, const AccountId& account) {
  const std::string* const text = element.is_object() ? base::findText(element, "id") : nullptr;
  const auto status = text == nullptr ? std::nullopt : statusIn(element);
  if (!status) return std::nullopt;
  const Result<OrderId> order = OrderId::parse(*text);
  if (!order) return std::nullopt;

  CancelAllEntry entry{*order, *status};
  const auto found = element.find("body");
  const json* const body = found == element.end() ? nullptr : &*found;
  if (const char* const why = objection(element, *status, body, *order, account)) {
    entry.error = disbelief(*status, why);
  } else if (!isAccepted(*status)) {
    entry.error = refusal(*status, body);
  } else if (body != nullptr) {
    entry.after = readOrder(*body);
  }
  return entry;
}

bool isInDoubt(const CancelAllEntry* entry) noexcept { return entry->error && entry->error->maybeApplied; }

// Takes the entries for one order.
void reconcile(std::vector<CancelAllEntry*>::iterator begin, std::vector<CancelAllEntry*>::iterator end) {
  const auto accepted = std::count_if(begin, end, [](const auto* entry) { return entry->accepted(); });
  const bool agree = accepted == end - begin || (accepted == 0 && std::none_of(begin, end, isInDoubt));
  // guard: entries that contradict each other are in doubt
  if (agree) return;
  std::for_each(begin, end, [](CancelAllEntry* entry) {
    if (isInDoubt(entry)) return;
    entry->error = disbelief(entry->status, "Two entries for this order contradict each other.");
    entry->after.reset();
  });
}

// Puts entries for the same order in doubt when one says accepted and another one refused. Among entries that agree on
// a refusal, one in doubt puts all of them in doubt.
void doubtContradictions(std::vector<CancelAllEntry>& entries) {
  std::vector<CancelAllEntry*> sorted;
  sorted.reserve(entries.size());
  for (CancelAllEntry& entry : entries) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->orderId < b->orderId; });
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    const auto end =
        std::find_if(begin, sorted.end(), [&](const auto* entry) { return entry->orderId != (*begin)->orderId; });
    reconcile(begin, end);
    begin = end;
  }
}

std::optional<CancelAllReport> readReport(const json& list, const AccountId& account) {
  if (!list.is_array()) return std::nullopt;
  CancelAllReport report;
  report.entries.reserve(list.size());
  for (const json& element : list) {
    auto entry = readEntry(element, account);
    if (!entry) return std::nullopt;
    report.entries.push_back(std::move(*entry));
  }
  doubtContradictions(report.entries);
  return report;
}

}  // namespace

// Once: orders may be placed between two requests. The second one would cancel them although nobody asked for that.
call::RequestSpec request(const AccountId& account) {
  return {"cancelAllOrders",
          {"DELETE", {kAccounts, account.str(), kOrders}, kLargeBody},
          "/v1/trading/accounts/{account_id}/orders",
          // guard: cancel-all is sent once
          call::Idempotency::Once,
          kMultiStatus,
          placesOf(account)};
}

Result<CancelAllReport> response(const http::HttpResponse& response, const AccountId& account) {
  if (response.status != kMultiStatus) return call::errorForStatus(response);
  const auto list = base::parseJson(response.body, response.readBy);
  auto report = list ? readReport(*list, account) : std::nullopt;
  if (!report) return call::errorForStatus(response);
  return std::move(*report);
}

std::vector<Error*> entryErrors(CancelAllReport& report) {
  std::vector<Error*> errors;
  for (CancelAllEntry& entry : report.entries) {
    if (entry.error) errors.push_back(&*entry.error);
  }
  return errors;
}

std::string_view advice(const Error& error) noexcept {
  if (error.httpStatus == kMultiStatus) {
    return "But the answer does not say what became of each order. Any of them may be canceled or not: list the open "
           "orders before you act again.";
  }
  if (error.maybeApplied && error.kind == ErrorKind::UnexpectedResponse) {
    return isRedirect(error) ? "The client follows no redirect: check ClientOptions::baseUrl and the proxy. Any of the "
                               "account's orders may be canceled or not: list the open orders before you act again."
                             : "The API does not define such an answer to a cancel. Any of the account's orders may be "
                               "canceled or not: list the open orders before you act again.";
  }
  if (error.maybeApplied) {
    return "Any of the account's orders may be canceled or not: list the open orders before you act again.";
  }
  switch (error.kind) {
    case ErrorKind::NotFound:
      return "Nothing was canceled: check the account's id, and that it belongs to the environment of "
             "ClientOptions::baseUrl.";
    case ErrorKind::NotSent:
      return "The orders are as they were before: it is safe to call again.";
    case ErrorKind::Aborted:
      return "The orders are as they were before.";
    case ErrorKind::InvalidArgument:
      return "Nothing was sent.";
    default:
      return nothingCanceledAdvice(error.kind);
  }
}

}  // namespace alpaca::broker::endpoints::cancel_all

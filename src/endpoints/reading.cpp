#include "endpoints/reading.hpp"

#include "base/ascii.hpp"
#include "call/status_table.hpp"
#include "endpoints/order_reader.hpp"

#include <nlohmann/json.hpp>

#include <string_view>
#include <utility>

namespace alpaca::broker::endpoints {

Result<Order> readOneOrder(const http::HttpResponse& response, const nlohmann::json* json, const AccountId& account) {
  auto order = json != nullptr ? readOrder(*json) : std::nullopt;
  if (!order) return errorForUnreadable(response);
  if (isOfAnotherAccount(*json, account)) {
    return errorForAnother(response, "The answer is about an order of another account.");
  }
  return std::move(*order);
}

Error errorForAnother(const http::HttpResponse& response, std::string how) {
  Error error = call::errorForStatus(response);
  error.kind = ErrorKind::UnexpectedResponse;
  error.message = std::move(how);
  return error;
}

Error errorForUnreadable(const http::HttpResponse& response) {
  const std::string_view body = base::trimmed(response.body);
  if (!response.complete) return errorForAnother(response, "The answer was cut off.");
  if (body.empty()) return errorForAnother(response, "The answer is empty.");
  if (body.front() == '<') return errorForAnother(response, "The answer is HTML or XML, not JSON.");
  return errorForAnother(response, "The answer does not hold what was asked for.");
}

namespace {

std::string_view adviceForUnexpected(int status) noexcept {
  if (status == kOk) {
    return "Nothing was changed: it is safe to read again. If that ends the same way, check ClientOptions::baseUrl and "
           "the proxy, and show the request id to the broker.";
  }
  if (status >= 300 && status < 400) {
    return "Nothing was changed: this is a redirect, and the client follows none. Check ClientOptions::baseUrl and the "
           "proxy.";
  }
  return "Nothing was changed: the API does not define this answer to a read, so show the request id to the broker.";
}

}  // namespace

std::string_view readAdvice(const Error& error) noexcept {
  switch (error.kind) {
    case ErrorKind::NotFound:
      return "Nothing was changed: check the ids, and that they belong to this account and to the environment of "
             "ClientOptions::baseUrl.";
    case ErrorKind::Unauthorized:
      return "Nothing was changed: check key and secret, and that they belong to the environment of "
             "ClientOptions::baseUrl.";
    case ErrorKind::Forbidden:
      return "Nothing was changed: check that these credentials may read this account. A 403 also comes when "
             "credentials are missing, for instance because a gateway removes them.";
    case ErrorKind::BadRequest:
    case ErrorKind::NotCancelable:  // never of a read
      return "Nothing was changed: the request itself was refused, so sending it again will not help. Check the ids, "
             "the filter and ClientOptions::extraHeaders.";
    case ErrorKind::RateLimited:
      return "Nothing was changed: wait as long as retryAfter says, if it is set, and read again.";
    case ErrorKind::UnexpectedResponse:
      return adviceForUnexpected(error.httpStatus.value_or(0));
    case ErrorKind::ServerError:
    case ErrorKind::InDoubt:
    case ErrorKind::NotSent:
      return "Nothing was changed, and nothing is known: it is safe to read again.";
    case ErrorKind::Aborted:
      return "Nothing was changed, and nothing is known.";
    case ErrorKind::InvalidArgument:
      break;
  }
  return "Nothing was sent.";
}

}  // namespace alpaca::broker::endpoints

#include "endpoints/cancel_order.hpp"

#include "call/status_table.hpp"
#include "endpoints/order_routes.hpp"

namespace alpaca::broker::endpoints {

std::string_view nothingCanceledAdvice(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::Unauthorized:
      return "Nothing was canceled: check key and secret, and that they belong to the environment of "
             "ClientOptions::baseUrl.";
    case ErrorKind::Forbidden:
      return "Nothing was canceled: check that these credentials may trade for this account. A 403 also comes when "
             "credentials are missing, for instance because a gateway removes them.";
    case ErrorKind::BadRequest:
    case ErrorKind::NotCancelable:  // cannot occur here: it is about a single order
      return "Nothing was canceled: the request itself was refused, so sending it again will not help. Check the ids "
             "and ClientOptions::extraHeaders.";
    case ErrorKind::RateLimited:
      return "Nothing was canceled: wait as long as retryAfter says, if it is set, and call again.";
    case ErrorKind::ServerError:
      return "Nothing was canceled: the server did not process the request, and it is safe to call again.";
    case ErrorKind::UnexpectedResponse:
      return "Nothing was canceled: the API does not define this answer to a cancel, so show the request id to the "
             "broker.";
    default:
      break;
  }
  return "Nothing was canceled.";
}

bool isRedirect(const Error& error) noexcept {
  const int status = error.httpStatus.value_or(0);
  return status >= 300 && status < 400;
}

namespace cancel_order {
namespace {

constexpr int kNoContent = 204;
constexpr int kUnprocessable = 422;

}  // namespace

// Idempotent: order ids are never reused, so a second cancel can only find the effect of the first one.
call::RequestSpec request(const AccountId& account, const OrderId& order) {
  return {"cancelOrder",
          {"DELETE", {kAccounts, account.str(), kOrders, "/", order.str()}},
          "/v1/trading/accounts/{account_id}/orders/{order_id}",
          call::Idempotency::Idempotent,
          kNoContent,
          placesOf(account, order)};
}

Result<CancelAccepted> response(const http::HttpResponse& response) {
  // guard: row 204
  if (response.status == kNoContent) return CancelAccepted{};
  Error error = call::errorForStatus(response);
  // guard: row 422
  if (response.status == kUnprocessable) error.kind = ErrorKind::NotCancelable;
  return error;
}

std::string_view advice(const Error& error) noexcept {
  const bool wasFinal = error.kind == ErrorKind::NotCancelable || error.kind == ErrorKind::NotFound;
  if (error.maybeApplied && wasFinal) {
    return "The order is final, or a cancel or replacement of it is pending, perhaps from an earlier attempt of this "
           "call. It may still fill: read the order before you act on it again.";
  }
  if (error.maybeApplied && error.kind == ErrorKind::UnexpectedResponse) {
    return isRedirect(error)
               ? "The client follows no redirect: check ClientOptions::baseUrl and the proxy. The cancel "
                 "may have taken effect or not: read the order before you act on it again."
               : "The API does not define such an answer to a cancel. The cancel may have taken effect or "
                 "not: read the order before you act on it again.";
  }
  if (error.maybeApplied) {
    return "The cancel may have taken effect or not: read the order before you act on it again.";
  }
  switch (error.kind) {
    case ErrorKind::NotCancelable:
      return "The order is final, or a cancel or replacement of it is pending, so that it may still fill: read it "
             "before you act on it again.";
    case ErrorKind::NotFound:
      return "Nothing was canceled: check the account's and the order's id, and that they belong to the environment of "
             "ClientOptions::baseUrl.";
    case ErrorKind::NotSent:
      return "The order is as it was before: it is safe to call again.";
    case ErrorKind::Aborted:
      return "The order is as it was before.";
    case ErrorKind::InvalidArgument:
      return "Nothing was sent.";
    default:
      return nothingCanceledAdvice(error.kind);
  }
}

}  // namespace cancel_order
}  // namespace alpaca::broker::endpoints

#include "endpoints/cancel_order.hpp"

#include "core/status_table.hpp"

namespace alpaca::broker::endpoints::cancel_order {

namespace {

constexpr int kNoContent = 204;
constexpr int kUnprocessable = 422;

}  // namespace

// Idempotent: an order id is never used again, so a second cancel can only find what the first one did.
core::Sending request(const AccountId& account, const OrderId& order) {
  return {{"DELETE", "/v1/trading/accounts/" + account.str() + "/orders/" + order.str()},
          "/v1/trading/accounts/{account_id}/orders/{order_id}",
          core::Idempotency::Idempotent,
          kNoContent};
}

Result<CancelAccepted> response(const http::HttpResponse& response) {
  if (response.status == kNoContent) return CancelAccepted{};
  Error error = core::errorForStatus(response);
  if (response.status == kUnprocessable) error.kind = ErrorKind::NotCancelable;
  return error;
}

std::string_view advice(const Error& error) noexcept {
  const bool wasFinal = error.kind == ErrorKind::NotCancelable || error.kind == ErrorKind::NotFound;
  if (error.maybeApplied && wasFinal) {
    return "Either it was final before, or an earlier attempt of this call has canceled it: read the order before you "
           "act "
           "on it again.";
  }
  if (error.maybeApplied) {
    return "The cancel may have taken effect or not: read the order before you act on it again.";
  }
  switch (error.kind) {
    case ErrorKind::NotCancelable:
      return "The order cannot be canceled any more, or is just being replaced: read it before you act on it again.";
    case ErrorKind::NotFound:
      return "Nothing was canceled: check the account's and the order's id, and that they belong to this environment.";
    case ErrorKind::Unauthorized:
      return "Nothing was canceled: check key and secret, and that they belong to this environment.";
    case ErrorKind::Forbidden:
      return "Nothing was canceled: check that these credentials may trade for this account.";
    case ErrorKind::BadRequest:
      return "Nothing was canceled: the request itself was refused, so sending it again will not help.";
    case ErrorKind::RateLimited:
      return "Nothing was canceled: wait as long as retryAfter says, if it is set, and call again.";
    case ErrorKind::ServerError:
      return "Nothing was canceled: the server did not take the request up, and it is safe to call again.";
    case ErrorKind::UnexpectedResponse:
      return "Nothing was canceled: a cancel is not known to be refused like this, so show the request id to the "
             "broker.";
    case ErrorKind::NotSent:
      return "The order is as it was before: it is safe to call again.";
    case ErrorKind::Aborted:
      return "The order is as it was before.";
    case ErrorKind::InvalidArgument:
    case ErrorKind::InDoubt:  // always maybeApplied
      break;
  }
  return "Nothing was sent.";
}

}  // namespace alpaca::broker::endpoints::cancel_order

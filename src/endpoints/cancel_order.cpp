#include "endpoints/cancel_order.hpp"

#include "core/status_table.hpp"

namespace alpaca::broker::endpoints::cancel_order {

http::HttpRequest request(const AccountId& account, const OrderId& order) {
  return {"DELETE", "/v1/trading/accounts/" + account.str() + "/orders/" + order.str()};
}

Result<CancelAccepted> response(const http::HttpResponse& response) {
  constexpr int kNoContent = 204;
  constexpr int kUnprocessable = 422;
  if (response.status == kNoContent) return CancelAccepted{};
  Error error = core::errorForStatus(response);
  if (response.status == kUnprocessable) error.kind = ErrorKind::NotCancelable;
  return error;
}

std::string_view advice(const Error& error) noexcept {
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

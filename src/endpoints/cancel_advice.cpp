#include "endpoints/cancel_advice.hpp"

namespace alpaca::broker::endpoints {

std::string_view nothingCanceledAdvice(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::Unauthorized:
      return "Nothing was canceled: check key and secret, and that they belong to this environment.";
    case ErrorKind::Forbidden:
      return "Nothing was canceled: check that these credentials may trade for this account.";
    case ErrorKind::BadRequest:
    case ErrorKind::NotCancelable:  // cannot occur here: it is about a single order
      return "Nothing was canceled: the request itself was refused, so sending it again will not help.";
    case ErrorKind::RateLimited:
      return "Nothing was canceled: wait as long as retryAfter says, if it is set, and call again.";
    case ErrorKind::ServerError:
      return "Nothing was canceled: the server did not take the request up, and it is safe to call again.";
    case ErrorKind::UnexpectedResponse:
      return "Nothing was canceled: a cancel is not known to be refused like this, so show the request id to the "
             "broker.";
    default:
      break;
  }
  return "Nothing was canceled.";
}

}  // namespace alpaca::broker::endpoints

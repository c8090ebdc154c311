#include "workflows/sweep_errors.hpp"

namespace alpaca::broker::workflows {

std::string_view lookAdvice(const Error& /*error*/) noexcept { return "So what is open is not known."; }

Error undecided() {
  Error error;
  error.kind = ErrorKind::UnexpectedResponse;
  error.message =
      "An order that is alive does not say the side, symbol or client order id that the filter asks for: nobody knows "
      "whether it is meant.";
  return error;
}

Error lostReplacement() {
  Error error;
  error.kind = ErrorKind::UnexpectedResponse;
  error.message = "An order was replaced, and the broker does not say by which: that one may be open.";
  return error;
}

Error hiddenOrigin() {
  Error error;
  error.kind = ErrorKind::UnexpectedResponse;
  error.message =
      "An order is open whose client order id the broker made up. The lists do not show which order it replaced or is "
      "a "
      "leg of, so it may belong to the prefix.";
  return error;
}

// An account's error must not say "nothing was sent" when its orders may have been canceled.
void explainDoubt(AccountReport& account) {
  if (!account.error || !account.cancelAllError || !account.cancelAllError->maybeApplied) return;
  Error& error = *account.error;
  error.maybeApplied = true;
  if (error.kind == ErrorKind::NotSent || error.kind == ErrorKind::Aborted) error.kind = ErrorKind::InDoubt;
  error.message += " The cancel of all orders may have been applied before: " + account.cancelAllError->message;
}

}  // namespace alpaca::broker::workflows

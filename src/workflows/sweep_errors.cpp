#include "workflows/sweep_errors.hpp"

#include "model/unsent.hpp"

namespace alpaca::broker::workflows {

namespace {

Error unclear(const char* why) {
  Error error;
  error.kind = ErrorKind::UnexpectedResponse;
  error.message = why;
  return error;
}

}  // namespace

std::string_view lookAdvice(const Error& /*error*/) noexcept { return "So it is not known which orders are open."; }

Error undecided() {
  return unclear(
      "A live order does not state the side, symbol, client order id or time of submission that the filter needs. So "
      "the "
      "order may or may not be meant.");
}

Error lostReplacement() {
  return unclear("An order was replaced, and the broker does not say by which one: the replacement may be open.");
}

Error hiddenOrigin() {
  return unclear(
      "The broker made up the client order id of an open order. The lists do not show which order it replaced or is a "
      "leg of, so it may belong to the prefix.");
}

// An account's error must not say "nothing was sent" when its orders may have been canceled.
void explainDoubt(AccountReport& account, bool mayHaveCanceled) {
  // guard: an account's error admits that orders may be canceled
  if (!account.error || !mayHaveCanceled) return;
  Error& error = *account.error;
  error.maybeApplied = true;
  model::denyUnsent(error);
  if (account.cancelAllError && account.cancelAllError->maybeApplied) {
    error.message += " The cancel of all orders may have been applied before: " + account.cancelAllError->message;
  } else {
    error.message += " Cancels were accepted before, or may have been applied: see the lists.";
  }
}

}  // namespace alpaca::broker::workflows

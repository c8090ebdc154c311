#include "call/status_table.hpp"

#include "base/quotable.hpp"
#include "call/error_body.hpp"

#include <string>
#include <utility>

namespace alpaca::broker::call {
namespace {

struct Meaning {
  ErrorKind kind;
  bool maybeApplied;
};

Meaning meaningOf(int status) noexcept {
  switch (status) {
    // guard: row 400
    case 400:
    case 422:  // a request that the broker cannot process; for a single cancel it is NotCancelable: see
               // cancel_order.cpp
      return {ErrorKind::BadRequest, false};
    case 401:
      // guard: row 401
      return {ErrorKind::Unauthorized, false};
    case 403:
      // guard: row 403
      return {ErrorKind::Forbidden, false};
    case 404:
      // guard: row 404
      return {ErrorKind::NotFound, false};
    // guard: row 408
    case 408:  // Request Timeout, Too Early: refused before it was processed
    // guard: row 425
    case 425:
      return {ErrorKind::ServerError, false};
    // guard: row 429
    case 429:
      return {ErrorKind::RateLimited, false};
    default:
      // guard: row 5xx
      if (status >= 500 && status < 600) return {ErrorKind::ServerError, true};
      // guard: row 600 and more
      // guard: rows 2xx, 3xx
      return {ErrorKind::UnexpectedResponse, status < 400 || status >= 600};
  }
}

}  // namespace

FailureNames namesOf(http::Failure failure) noexcept {
  using http::Failure;
  switch (failure) {
    case Failure::NoFreeConnection:
      return {"no_free_connection", "no connection became free"};
    case Failure::NameNotResolved:
      return {"name_not_resolved", "the host name could not be resolved"};
    case Failure::ConnectFailed:
      return {"connect_failed", "no connection could be opened"};
    case Failure::ProxyRefused:
      return {"proxy_refused", "the proxy refused the connection"};
    case Failure::ProxyUnavailable:
      return {"proxy_unavailable", "the proxy refused the connection"};
    case Failure::TlsHandshakeFailed:
      return {"tls_handshake_failed", "the TLS handshake failed"};
    case Failure::TlsNotAcceptable:
      return {"tls_not_acceptable", "the server's certificate or TLS version is not trusted"};
    case Failure::TimedOut:
      return {"timeout", "it timed out"};
    case Failure::Aborted:
      return {"aborted", "the call was stopped"};
    case Failure::ConnectionLost:
      return {"connection_lost", "the connection was lost"};
    case Failure::ResendPrevented:
      return {"resend_prevented", "the connection was lost and the request was not repeated"};
    case Failure::UnsolicitedAnswer:
      return {"unsolicited_answer",
              "the server had sent its answer before the request arrived, so it answers something else"};
    case Failure::UnreadableAnswer:
      return {"unreadable_answer", "the answer was not readable as HTTP"};
    case Failure::SetupFailed:
    case Failure::None:
      break;
  }
  return {"setup_failed", "the connection could not be used"};
}

Error errorForStatus(const http::HttpResponse& response) {
  // The broker's error bodies are small. A large body takes long to parse, and does not come from the broker.
  ErrorBody body = response.body.size() <= http::kSmallBody ? readErrorBody(response.body) : ErrorBody{};
  const Meaning meaning = meaningOf(response.status);
  Error error;
  error.kind = meaning.kind;
  error.maybeApplied = meaning.maybeApplied;
  error.httpStatus = response.status;
  error.brokerCode = body.code;
  error.brokerMessage = std::move(body.message);
  error.body = response.body.substr(0, http::kSmallBody);
  return error;
}

std::string describeAnswer(const Error& error) {
  std::string text = "The broker answered " + std::to_string(error.httpStatus.value_or(0));
  if (error.brokerCode) text += " (code " + std::to_string(*error.brokerCode) + ")";
  if (!error.brokerMessage.empty()) text += ": \"" + base::quotable(error.brokerMessage) + "\"";
  text += ".";
  if (!error.message.empty()) text.append(" ").append(error.message);
  return text;
}

bool leavesDoubt(const http::Exchange& exchange, const RequestSpec& spec) noexcept {
  if (spec.idempotency == Idempotency::ReadOnly) return false;
  // guard: delivery is judged by the count of sends
  if (!exchange.response) return exchange.sends > 0;
  return exchange.response->status != spec.success && meaningOf(exchange.response->status).maybeApplied;
}

Error errorForNoAnswer(const http::Exchange& exchange) {
  Error error;
  // guard: delivery is judged by the count of sends
  error.maybeApplied = exchange.sends > 0;
  if (error.maybeApplied) {
    error.kind = ErrorKind::InDoubt;
    error.message = "The request was sent, but no answer came: ";
  } else {
    error.kind = exchange.failure == http::Failure::Aborted ? ErrorKind::Aborted : ErrorKind::NotSent;
    error.message = "The request was not sent: ";
  }
  error.message.append(namesOf(exchange.failure).description);
  if (!exchange.detail.empty()) error.message += " (" + base::quotable(exchange.detail) + ")";
  error.message += ".";
  return error;
}

}  // namespace alpaca::broker::call

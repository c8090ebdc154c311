#include "call/attempt_event.hpp"

#include "call/status_table.hpp"

#include <string>

namespace alpaca::broker::call {
namespace {

// The value of OpenTelemetry's `error.type`: one of a few fixed words.
std::string_view errorType(http::Failure failure) noexcept {
  using http::Failure;
  switch (failure) {
    case Failure::None:
      return "";
    case Failure::NoFreeConnection:
      return "no_free_connection";
    case Failure::NameNotResolved:
      return "name_not_resolved";
    case Failure::ConnectFailed:
      return "connect_failed";
    case Failure::ProxyRefused:
      return "proxy_refused";
    case Failure::ProxyUnavailable:
      return "proxy_unavailable";
    case Failure::TlsHandshakeFailed:
      return "tls_handshake_failed";
    case Failure::TlsNotAcceptable:
      return "tls_not_acceptable";
    case Failure::TimedOut:
      return "timeout";
    case Failure::Aborted:
      return "aborted";
    case Failure::ConnectionLost:
      return "connection_lost";
    case Failure::ResendPrevented:
      return "resend_prevented";
    case Failure::UnsolicitedAnswer:
      return "unsolicited_answer";
    case Failure::UnreadableAnswer:
      return "unreadable_answer";
    case Failure::SetupFailed:
      break;
  }
  return "setup_failed";
}

}  // namespace

void notify(const Observer& observer, const AttemptReport& report) try {
  const http::Exchange& exchange = report.exchange;
  AttemptEvent event;
  event.httpRequestMethod = report.spec.request.method;
  event.urlTemplate = report.spec.urlTemplate;
  const std::string_view target = report.spec.request.target;
  event.urlPath = target.substr(0, target.find('?'));
  event.serverAddress = report.server.host;
  event.serverPort = report.server.port;
  event.httpRequestResendCount = report.call.attempts - 1;
  std::string statusText;
  if (exchange.response) {
    event.httpResponseStatusCode = exchange.response->status;
    event.requestId = report.call.requestId;
    if (exchange.response->status >= 300) event.errorType = statusText = std::to_string(exchange.response->status);
  } else {
    event.errorType = errorType(exchange.failure);
  }
  event.sends = exchange.sends;
  event.connectionReused = exchange.connectionReused;
  event.maybeApplied = leavesDoubt(exchange, report.spec);
  event.nameLookup = exchange.timings.nameLookup;
  event.connect = exchange.timings.connect;
  event.tlsHandshake = exchange.timings.tlsHandshake;
  event.firstByte = exchange.timings.firstByte;
  event.duration = report.duration;
  event.willRetry = report.decision.again;
  event.retryDelay = report.decision.wait;
  event.decision = report.decision.reason;
  event.context = report.context;
  observer(event);
  // guard: an observer's exception ends with it
} catch (...) {  // NOLINT(bugprone-empty-catch): an observer's trouble is not the call's
}

}  // namespace alpaca::broker::call

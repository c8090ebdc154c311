#include "call/attempt_event.hpp"

#include "call/status_table.hpp"

#include <string>
#include <string_view>

namespace alpaca::broker::call {
namespace {

std::string_view at(IdsInTarget::Place place, std::string_view target) noexcept {
  return target.substr(place.begin, place.size);
}

}  // namespace

void notify(const Observer& observer, const AttemptReport& report) try {
  const http::Exchange& exchange = report.exchange;
  AttemptEvent event;
  event.operation = report.spec.operation;
  event.httpRequestMethod = report.spec.request.method;
  event.urlTemplate = report.spec.urlTemplate;
  const std::string_view target = report.spec.request.target;
  event.urlPath = target.substr(0, target.find('?'));
  event.accountId = at(report.spec.ids.account, target);
  event.orderId = at(report.spec.ids.order, target);
  event.serverAddress = report.server.host;
  event.serverPort = report.server.port;
  event.httpRequestResendCount = report.call.attempts - 1;
  std::string statusText;
  if (exchange.response) {
    event.httpResponseStatusCode = exchange.response->status;
    event.requestId = report.call.requestId;
    event.rateLimit = report.call.rateLimit;
    if (exchange.response->status >= 300) event.errorType = statusText = std::to_string(exchange.response->status);
  } else {
    event.errorType = namesOf(exchange.failure).errorType;
  }
  event.sends = exchange.sends;
  event.connectionReused = exchange.connectionReused;
  event.maybeApplied = leavesDoubt(exchange, report.spec);
  event.startTime = report.startTime;
  event.connectionWait = exchange.connectionWait;
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

// Writes one line for each attempt, with the names of OpenTelemetry's HTTP conventions. To feed your logs or traces,
// put your own output into `log`. observe_attempts ACCOUNT_ID ORDER_ID [--url URL]
#include "program.hpp"

#include <alpaca/broker.hpp>

#include <iostream>
#include <sstream>

namespace broker = alpaca::broker;
using broker::printable;

namespace {

double milliseconds(std::chrono::nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

// Called on the thread that makes the call, and by several at once: one write for a line.
void log(const broker::AttemptEvent& event) {
  std::ostringstream line;
  line << "operation=" << event.operation << " account_id=" << event.accountId << " order_id=" << event.orderId
       << " start_ns=" << event.startTime.time_since_epoch().count()
       << " http.request.method=" << event.httpRequestMethod << " url.template=" << event.urlTemplate
       << " server.address=" << event.serverAddress << " server.port=" << event.serverPort
       << " http.request.resend_count=" << event.httpRequestResendCount;
  if (event.httpResponseStatusCode) line << " http.response.status_code=" << *event.httpResponseStatusCode;
  if (!event.errorType.empty()) line << " error.type=" << event.errorType;
  line << " sends=" << event.sends << " reused=" << event.connectionReused
       << " wait_ms=" << milliseconds(event.connectionWait) << " dns_ms=" << milliseconds(event.nameLookup)
       << " connect_ms=" << milliseconds(event.connect) << " tls_ms=" << milliseconds(event.tlsHandshake)
       << " first_byte_ms=" << milliseconds(event.firstByte) << " duration_ms=" << milliseconds(event.duration)
       << " request_id=" << printable(event.requestId) << " decision=\"" << event.decision << "\"";
  if (event.rateLimit) line << " rate_limit_remaining=" << event.rateLimit->remaining;
  if (event.willRetry) line << " retry_in_ms=" << event.retryDelay.count();
  line << '\n';
  std::cerr << line.str();
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  if (argc != 3 && argc != 5) {
    std::cerr << "usage: observe_attempts ACCOUNT_ID ORDER_ID [--url URL]\n";
    return 2;
  }
  broker::ClientOptions options;
  options.observer = log;
  if (argc == 5) options.baseUrl = argv[4];
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), options};
  const auto result =
      client.cancelOrder(broker::AccountId::parse(argv[1]).value(), broker::OrderId::parse(argv[2]).value());
  if (result) return finish(0, "accepted, request id " + printable(result.call().requestId) + '\n');
  return finish(1, printable(result.error().message) + '\n');
} catch (const broker::BrokerError& failure) {
  std::cerr << failure.what() << '\n';
  return 2;
}

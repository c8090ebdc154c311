// Cancels at a mock broker that misbehaves, and writes traces and metrics in OpenTelemetry's format. The collector's
// otlpjsonfile receiver can read them: otlp_trace SPANS.jsonl METRICS.jsonl
#include "../program.hpp"
#include "otlp_durations.hpp"
#include "otlp_file.hpp"
#include "otlp_spans.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/future.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <exception>
#include <iostream>
#include <string>

namespace broker = alpaca::broker;
using broker::testing::MockBroker;
using broker::testing::MockFault;

namespace {

broker::AccountId accountId() { return broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value(); }

// Runs on the client's own threads, where there is no current span.
void cancelElsewhere(MockBroker& mock, broker::BrokerClient& client, otlp::SpanFile& spans) {
  const auto order = broker::OrderId::parse("elsewhere").value();
  const auto orphan = broker::OrderId::parse("elsewhere-without-parent").value();
  mock.addOrder(accountId(), order);
  mock.addOrder(accountId(), orphan);
  mock.failNext(MockFault::BadGateway);

  otlp::CallSpan span(spans, "cancelOrder");
  broker::CallOptions options;
  options.context = span.context();  // reaches the thread that makes the attempts
  auto answer = broker::future::cancelOrder(client, accountId(), order, options);
  span.outcome(order, answer.get());

  broker::future::cancelOrder(client, accountId(), orphan).wait();
}

void cancelThroughFaults(MockBroker& mock, broker::BrokerClient& client, otlp::SpanFile& spans) {
  const auto cancel = [&](const std::string& id, const char* status) {
    const auto order = broker::OrderId::parse(id).value();
    mock.addOrder(accountId(), order, status);
    otlp::CallSpan span(spans, "cancelOrder");
    const auto result = client.cancelOrder(accountId(), order);
    span.outcome(order, result);
  };
  cancel("accepted-at-once", "new");
  mock.failNext(MockFault::BadGateway);
  mock.failNext(MockFault::TooManyRequests);
  cancel("accepted-at-the-third", "new");
  mock.failNext(MockFault::BadGatewayAfterActing);
  cancel("refused-after-doubt", "new");
  for (int attempt = 0; attempt < 3; ++attempt) mock.failNext(MockFault::LostAnswer);
  cancel("never-answered", "new");
  cancelElsewhere(mock, client, spans);
  mock.shutDown();
  cancel("nobody-there", "new");
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  if (argc != 3) {
    std::cerr << "usage: otlp_trace SPANS.jsonl METRICS.jsonl\n";
    return 2;
  }
  otlp::RequestDurations durations;
  otlp::SpanFile spans(argv[1], "desk");
  MockBroker mock;
  {
    broker::ClientOptions options = mock.clientOptions();
    options.observer = [&durations, httpSpans = otlp::HttpSpans(spans, options.baseUrl)](const auto& event) {
      durations.record(event);
      httpSpans(event);
    };
    broker::BrokerClient client{mock.credentials(), options};
    cancelThroughFaults(mock, client, spans);
  }
  durations.write(argv[2], "desk");
  spans.close();  // after this, the number of lost spans is final
  return finish(spans.lost() == 0 ? 0 : 1, "requests " + std::to_string(mock.requestCount()) + ", spans lost " +
                                               std::to_string(spans.lost()) + '\n');
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}

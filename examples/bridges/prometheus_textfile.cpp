// Cancels at a mock broker that misbehaves, and writes counts and durations for Prometheus:
//   prometheus_textfile FILE.prom
// The node exporter's textfile collector reads the file, so the app needs no port of its own.
#include "../program.hpp"
#include "prometheus_metrics.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <exception>
#include <iostream>
#include <string>

namespace broker = alpaca::broker;
using broker::testing::MockBroker;
using broker::testing::MockFault;

namespace {

void cancelThroughFaults(MockBroker& mock, const broker::BrokerClient& client) {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto cancel = [&](const std::string& id, const char* status) {
    const auto order = broker::OrderId::parse(id).value();
    mock.addOrder(account, order, status);
    const auto result = client.cancelOrder(account, order);
    std::cout << order << ": " << (result ? "accepted" : toString(result.error().kind)) << '\n';
  };
  cancel("accepted-at-once", "new");
  mock.failNext(MockFault::BadGateway);
  cancel("accepted-after-a-502", "new");
  cancel("too-late", "filled");
  mock.shutDown();
  cancel("nobody-there", "new");
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  if (argc != 2) {
    std::cerr << "usage: prometheus_textfile FILE.prom\n";
    return 2;
  }
  PrometheusMetrics metrics;  // declared before the client, whose threads may record until it is destroyed
  MockBroker mock;
  broker::ClientOptions options = mock.clientOptions();
  options.observer = [&metrics](const auto& attempt) { metrics.record(attempt); };
  options.onCallEnd = [&metrics](const auto& call) { metrics.record(call); };
  const broker::BrokerClient client{mock.credentials(), options};
  cancelThroughFaults(mock, client);
  metrics.writeTo(argv[1]);  // in an app: every 15 seconds, on a thread that makes no calls
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}

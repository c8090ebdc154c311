// The smallest program without a broker: a cancel that cannot be sent.
#include <alpaca/broker.hpp>

#include "check.hpp"

namespace broker = alpaca::broker;

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();
  check(!broker::OrderId::parse("../orders"), "a path is refused as an order id");

  broker::ClientOptions options;
  options.baseUrl = "http://127.0.0.1:1";  // no server listens there
  broker::BrokerClient client{broker::Credentials{"key", "secret"}, options};
  const auto result = client.cancelOrder(account, order);
  check(!result, "the cancel fails");
  check(result.error().kind == broker::ErrorKind::NotSent, "it was not sent");
  check(result.error().call.sends == 0, "no request may have reached the broker");

  try {
    client.cancelOrder(account, order).value();
    check(false, "value() throws");
  } catch (const broker::BrokerError& failure) {  // thrown inside the library, caught outside it
    check(!failure.error().maybeApplied, "the order is as it was");
  }
}

// A program with its own cpp-httplib, which differs entirely from the one inside the mock broker.
#include <httplib.h>

#include <alpaca/broker.hpp>

#include "check.hpp"

namespace broker = alpaca::broker;

int main() {
  httplib::Server server;
  server.stop();
  check(server.stops() == 1 && !server.is_valid() && !server.is_running(), "the server is the program's own");
  check(httplib::Request{}.path == "the program's own", "and the request");

  broker::ClientOptions options;
  options.baseUrl = "http://127.0.0.1:1";  // no server listens there
  broker::BrokerClient client{broker::Credentials{"key", "secret"}, options};
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();
  const auto result = client.cancelOrder(account, order);
  check(!result && result.error().kind == broker::ErrorKind::NotSent, "the library goes its own way");
}

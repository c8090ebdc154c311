// A program that the app starts inherits nothing from the client or the MockBroker that keeps a connection open.
#include "support/ids.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <filesystem>
#include <set>
#include <string>

namespace alpaca::broker {
namespace {

// The internet sockets of this process: those that a started program would inherit, and the others.
struct Sockets {
  std::set<int> kept;
  std::set<int> inherited;
};

Sockets openSockets() {
  Sockets found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const int file = std::stoi(entry.path().filename().string());
    int family = 0;
    socklen_t size = sizeof family;
    if (::getsockopt(file, SOL_SOCKET, SO_DOMAIN, &family, &size) != 0 || family != AF_INET) continue;
    ((::fcntl(file, F_GETFD) & FD_CLOEXEC) != 0 ? found.kept : found.inherited).insert(file);
  }
  return found;
}

TEST(Inherited, ByAStartedProgramIsNoConnectionNorListener) {
  const Sockets before = openSockets();
  testing::MockBrokerOptions mock;
  mock.tls = true;
  testing::MockBroker broker(mock);
  ClientOptions options;
  options.baseUrl = broker.url();
  options.tls.caFile = broker.caFile();
  BrokerClient client{Credentials{"guard-api-key", "guard-api-secret"}, options};
  static_cast<void>(client.cancelOrder(test::account(), test::order()));
  const Sockets after = openSockets();
  EXPECT_EQ(after.inherited, before.inherited);
  EXPECT_EQ(after.kept.size(), before.kept.size() + 3);  // one of the client, two of the broker
}

}  // namespace
}  // namespace alpaca::broker

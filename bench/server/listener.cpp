#include "server/listener.hpp"

#include "server/loopback.hpp"
#include "support/eventually.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace alpaca::broker::bench {
namespace {

bool listens(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return connected;
}

}  // namespace

bool waitForListener(int port) {
  return test::eventually([&] { return listens(port); });
}

}  // namespace alpaca::broker::bench

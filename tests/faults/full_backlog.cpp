#include "faults/full_backlog.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace alpaca::broker::test {

FullBacklog::FullBacklog(const char* address, int port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, address, &name.sin_addr);
  socklen_t size = sizeof name;
  auto* generic = reinterpret_cast<sockaddr*>(&name);
  const int listener = sockets_.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::bind(listener, generic, size) != 0 || ::listen(listener, 0) != 0 ||
      ::getsockname(listener, generic, &size) != 0) {
    throw std::runtime_error("FullBacklog: no port");
  }
  url_ = std::string("http://") + address + ":" + std::to_string(ntohs(name.sin_port));

  constexpr int kMax = 16;          // a backlog of 0 takes one or two
  constexpr int kLoopbackMs = 100;  // far more than a handshake on the loopback device needs
  for (int i = 0; i < kMax; ++i) {
    const int filler = sockets_.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    static_cast<void>(::connect(filler, generic, size));  // continues in the background
    pollfd entry{filler, POLLOUT, 0};
    if (::poll(&entry, 1, kLoopbackMs) == 0) return;  // this one is no longer answered: the backlog is full
  }
  throw std::runtime_error("FullBacklog: it does not fill up");
}

FullBacklog::~FullBacklog() {
  for (const int socket : sockets_) ::close(socket);
}

}  // namespace alpaca::broker::test

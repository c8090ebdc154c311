#include "http/platform.hpp"

#include "http/ascii.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <unistd.h>
#include <cerrno>

namespace alpaca::broker::http {

long processId() noexcept { return static_cast<long>(::getpid()); }

bool hasPendingInput(int socket) noexcept {
  pollfd entry{socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&entry, 1, 0);
  } while (ready < 0 && errno == EINTR);
  return ready != 0;  // a poll that fails says nothing good about the socket either
}

bool isLoopback(const std::string& host) noexcept {
  if (equalIgnoringCase(host, "localhost") || host == "[::1]" || host == "::1") return true;
  in_addr address{};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

}  // namespace alpaca::broker::http

#include "testing/connections.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <charconv>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace alpaca::broker::testing {
namespace {

using AddressOf = int (*)(int, sockaddr*, socklen_t*);

// The port of one end of a connection within the machine; 0 for anything else.
int portOf(AddressOf addressOf, int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (addressOf(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  const bool isLoopback = address.sin_family == AF_INET && ntohl(address.sin_addr.s_addr) >> 24U == IN_LOOPBACKNET;
  return isLoopback ? ntohs(address.sin_port) : 0;
}

// The port that the socket's connection comes from; 0 when it is not one that the server on `localPort` accepted.
int remotePortOf(int socket, int localPort) {
  return portOf(::getsockname, socket) == localPort ? portOf(::getpeername, socket) : 0;
}

std::vector<int> openFiles() {
  std::vector<int> files;
  std::error_code failed;
  std::filesystem::directory_iterator entry("/dev/fd", failed);
  for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    int file = -1;
    std::from_chars(name.data(), name.data() + name.size(), file);
    if (file >= 0) files.push_back(file);
  }
  return files;
}

}  // namespace

int acceptedSocket(int localPort, int remotePort) {
  for (const int file : openFiles()) {
    if (remotePortOf(file, localPort) == remotePort) return file;
  }
  return -1;
}

void cut(int socket) noexcept { ::shutdown(socket, SHUT_RDWR); }

void cutAll(int localPort) {
  for (const int file : openFiles()) {
    if (remotePortOf(file, localPort) == 0) continue;
    // Meanwhile its thread may have closed it, and another one opened something else under the number: a duplicate
    // stays what it is.
    const int same = ::fcntl(file, F_DUPFD_CLOEXEC, 0);
    if (same < 0) continue;
    if (remotePortOf(same, localPort) != 0) cut(same);
    ::close(same);
  }
}

bool hasHungUp(int socket) noexcept {
  if (socket < 0) return true;  // so early that it could not even be found
#ifdef POLLRDHUP
  constexpr short kGone = POLLRDHUP | POLLHUP | POLLERR;
#else
  constexpr short kGone = POLLHUP | POLLERR;
#endif
  pollfd polled{socket, kGone, 0};
  return ::poll(&polled, 1, 0) > 0 && (polled.revents & kGone) != 0;
}

}  // namespace alpaca::broker::testing

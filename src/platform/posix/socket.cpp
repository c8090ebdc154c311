#include "platform/socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include <cerrno>

namespace alpaca::broker::platform {

bool hasPendingInput(Socket socket) noexcept {
  pollfd entry{socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&entry, 1, 0);
  } while (ready < 0 && errno == EINTR);
  return ready != 0;  // a failed poll also means a bad socket
}

std::optional<std::size_t> unacknowledgedBytes(Socket socket) noexcept {
  int bytes = 0;
#if defined(__linux__)
  if (::ioctl(socket, SIOCOUTQ, &bytes) != 0) return std::nullopt;
#elif defined(SO_NWRITE)
  socklen_t size = sizeof bytes;
  if (::getsockopt(socket, SOL_SOCKET, SO_NWRITE, &bytes, &size) != 0) return std::nullopt;
#else
  static_cast<void>(socket);
  return std::nullopt;
#endif
  return bytes < 0 ? std::nullopt : std::optional<std::size_t>(static_cast<std::size_t>(bytes));
}

Socket openSocket(int family, int type, int protocol) noexcept {
#ifdef SOCK_CLOEXEC
  return ::socket(family, type | SOCK_CLOEXEC, protocol);
#else
  const Socket made = ::socket(family, type, protocol);
  if (made != kNoSocket) ::fcntl(made, F_SETFD, FD_CLOEXEC);
  return made;
#endif
}

void closeSocket(Socket socket) noexcept { ::close(socket); }

}  // namespace alpaca::broker::platform

#include "platform/server_sockets.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): <csignal> need not have pthread_sigmask
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <string>
#include <system_error>

namespace alpaca::broker::platform {

namespace {

using AddressOf = int (*)(int, sockaddr*, socklen_t*);

int portOf(AddressOf addressOf, int socket) noexcept {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (addressOf(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  const bool isLoopback = address.sin_family == AF_INET && ntohl(address.sin_addr.s_addr) >> 24U == IN_LOOPBACKNET;
  return isLoopback ? ntohs(address.sin_port) : 0;
}

}  // namespace

std::vector<Socket> openSockets() {
  std::vector<Socket> files;
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

int localPort(Socket socket) noexcept { return portOf(::getsockname, socket); }

int remotePort(Socket socket) noexcept { return portOf(::getpeername, socket); }

Socket duplicate(Socket socket) noexcept { return ::fcntl(socket, F_DUPFD_CLOEXEC, 0); }

void close(Socket socket) noexcept { ::close(socket); }

void endConnection(Socket socket) noexcept { ::shutdown(socket, SHUT_RDWR); }

bool hasHungUp(Socket socket) noexcept {
#ifdef POLLRDHUP
  constexpr short kGone = POLLRDHUP | POLLHUP | POLLERR;
#else
  constexpr short kGone = POLLHUP | POLLERR;
#endif
  pollfd polled{socket, kGone, 0};
  return ::poll(&polled, 1, 0) > 0 && (polled.revents & kGone) != 0;
}

// Not SO_REUSEPORT, which would share a taken port instead of refusing it.
void takePortAlone(Socket listener) noexcept {
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

void closeOnExec(Socket socket) noexcept { ::fcntl(socket, F_SETFD, FD_CLOEXEC); }

void lengthenQueue(Socket listener) noexcept { ::listen(listener, SOMAXCONN); }

void refuseBrokenPipeSignal() noexcept {
  sigset_t pipe;
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

}  // namespace alpaca::broker::platform

#include "platform/server_sockets.hpp"

#include <winsock2.h>

#include <windows.h>

namespace alpaca::broker::platform {

namespace {

using AddressOf = int(WSAAPI*)(SOCKET, sockaddr*, int*);

int portOf(AddressOf addressOf, Socket socket) noexcept {
  sockaddr_in address{};
  int size = sizeof address;
  if (addressOf(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  const bool isLoopback = address.sin_family == AF_INET && ::ntohl(address.sin_addr.s_addr) >> 24U == 127;
  return isLoopback ? ::ntohs(address.sin_port) : 0;
}

}  // namespace

// No documented call lists sockets, so this counts through the handles. Handles are multiples of four, assigned from
// the lowest, and their number is known. The loop goes a bit further for handles that are opened meanwhile. A handle
// that is not a socket has no port and does no harm.
std::vector<Socket> openSockets() {
  constexpr std::uintptr_t kBeyondAll = std::uintptr_t{1} << 24U;  // no process can have that many handles
  constexpr std::uintptr_t kMaxGap = 4 * 1024;
  DWORD count = 0;
  ::GetProcessHandleCount(::GetCurrentProcess(), &count);
  std::vector<Socket> handles;
  std::uintptr_t last = 0;
  for (std::uintptr_t handle = 4; handle < kBeyondAll; handle += 4) {
    if (handles.size() >= count && handle - last > kMaxGap) break;
    DWORD flags = 0;
    if (::GetHandleInformation(reinterpret_cast<HANDLE>(handle), &flags) == 0) continue;
    handles.push_back(handle);
    last = handle;
  }
  return handles;
}

int localPort(Socket socket) noexcept { return portOf(::getsockname, socket); }

int remotePort(Socket socket) noexcept { return portOf(::getpeername, socket); }

// Not DuplicateHandle(), which ignores the layers of Winsock between handle and socket.
Socket duplicate(Socket socket) noexcept {
  WSAPROTOCOL_INFOW same{};
  if (::WSADuplicateSocketW(socket, ::GetCurrentProcessId(), &same) != 0) return kNoSocket;
  return ::WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &same, 0,
                      WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}

void close(Socket socket) noexcept { ::closesocket(socket); }

void endConnection(Socket socket) noexcept { ::shutdown(socket, SD_BOTH); }

// POLLHUP and POLLERR are always reported and must not be requested.
bool hasHungUp(Socket socket) noexcept {
  WSAPOLLFD polled{socket, POLLRDNORM, 0};
  return ::WSAPoll(&polled, 1, 0) > 0 && (polled.revents & (POLLHUP | POLLERR)) != 0;
}

// Windows always does what SO_REUSEADDR does elsewhere. Here, SO_REUSEADDR would let another process take over the
// port.
void takePortAlone(Socket listener) noexcept {
  const BOOL on = TRUE;
  ::setsockopt(listener, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, reinterpret_cast<const char*>(&on), sizeof on);
}

void closeOnExec(Socket socket) noexcept {
  ::SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
}

void lengthenQueue(Socket listener) noexcept { ::listen(listener, SOMAXCONN); }

// Windows has no such signal.
void refuseBrokenPipeSignal() noexcept {}

}  // namespace alpaca::broker::platform

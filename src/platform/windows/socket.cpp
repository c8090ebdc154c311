#include "platform/socket.hpp"

#include <winsock2.h>

#include <type_traits>

namespace alpaca::broker::platform {

static_assert(std::is_same_v<Socket, SOCKET> && kNoSocket == INVALID_SOCKET);

// Winsock is initialised: libcurl has initialised it, or there would be no socket.
bool hasPendingInput(Socket socket) noexcept {
  WSAPOLLFD entry{socket, POLLRDNORM, 0};
  return ::WSAPoll(&entry, 1, 0) != 0;  // a failed poll also means a bad socket
}

// According to its documentation, SIO_TCP_INFO would report this; that is untested.
std::optional<std::size_t> unacknowledgedBytes(Socket /*socket*/) noexcept { return std::nullopt; }

Socket openSocket(int family, int type, int protocol) noexcept {
  return ::WSASocketW(family, type, protocol, nullptr, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}

void closeSocket(Socket socket) noexcept { ::closesocket(socket); }

}  // namespace alpaca::broker::platform

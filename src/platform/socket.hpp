#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace alpaca::broker::platform {

/// What libcurl and cpp-httplib hand out for a connection: curl_socket_t and socket_t are the same.
#ifdef _WIN32
using Socket = std::uintptr_t;
#else
using Socket = int;
#endif

inline constexpr auto kNoSocket = static_cast<Socket>(-1);

/// True when a read on this idle socket would return at once: bytes, an end of stream or an error are waiting.
bool hasPendingInput(Socket socket) noexcept;

/// How many of the bytes written to this TCP connection the other side's system has not acknowledged yet. None where
/// the system does not tell.
std::optional<std::size_t> unacknowledgedBytes(Socket socket) noexcept;

/// A new socket that a program started by this process does not inherit. @return `kNoSocket` when there is none.
Socket openSocket(int family, int type, int protocol) noexcept;
void closeSocket(Socket socket) noexcept;

}  // namespace alpaca::broker::platform

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace alpaca::broker::platform {

/// The socket type of libcurl (curl_socket_t) and cpp-httplib (socket_t), which are the same.
#ifdef _WIN32
using Socket = std::uintptr_t;
#else
using Socket = int;
#endif

inline constexpr auto kNoSocket = static_cast<Socket>(-1);

/// True when a read on this idle socket would return at once. Bytes, an end of stream or an error are waiting.
bool hasPendingInput(Socket socket) noexcept;

/// The number of bytes written to this TCP connection that the peer's system has not acknowledged yet. Nothing when the
/// system does not report it.
std::optional<std::size_t> unacknowledgedBytes(Socket socket) noexcept;

/// Opens a socket that programs started by this process do not inherit. @return `kNoSocket` on failure.
Socket openSocket(int family, int type, int protocol) noexcept;
void closeSocket(Socket socket) noexcept;

}  // namespace alpaca::broker::platform

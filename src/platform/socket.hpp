#pragma once

#include <cstdint>

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

}  // namespace alpaca::broker::platform

#pragma once

#include <string>

/// The few calls to the operating system, in one place.
namespace alpaca::broker::http {

/// Identifies this process; differs in a child made by fork(). No system call.
long processId() noexcept;

/// True when a read on this idle socket would return at once: bytes, an end of stream or an error are waiting.
bool hasPendingInput(int socket) noexcept;

/// True for `localhost`, 127.0.0.0/8 and `::1` (with or without brackets), and for nothing that only looks like them.
bool isLoopback(const std::string& host) noexcept;

}  // namespace alpaca::broker::http

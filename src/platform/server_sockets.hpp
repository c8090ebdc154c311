#pragma once

#include "platform/socket.hpp"

#include <vector>

/// Access to the sockets of a server in this process whose library does not expose them, and to its listener.
namespace alpaca::broker::platform {

/// Every open handle of this process that may be a socket.
std::vector<Socket> openSockets();

/// The ports of a loopback connection over IPv4; 0 for anything else.
int localPort(Socket socket) noexcept;
int remotePort(Socket socket) noexcept;

/// A second handle for the same connection. It stays valid after the first is closed, and must be closed. May be
/// `kNoSocket`.
Socket duplicate(Socket socket) noexcept;
void close(Socket socket) noexcept;

/// Ends the connection in both directions; the socket stays open.
void endConnection(Socket socket) noexcept;

/// True when the peer has closed the connection, even if there is still something to read.
bool hasHungUp(Socket socket) noexcept;

/// Makes the listener's port exclusive to this process, and free again as soon as no process listens.
void takePortAlone(Socket listener) noexcept;

/// Keeps programs that this process starts from inheriting the socket.
void closeOnExec(Socket socket) noexcept;

/// Sets the listener's queue to the system's maximum.
void lengthenQueue(Socket listener) noexcept;

/// From now on, writing to a closed connection on this thread returns an error and raises no signal.
void refuseBrokenPipeSignal() noexcept;

}  // namespace alpaca::broker::platform

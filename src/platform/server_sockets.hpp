#pragma once

#include "platform/socket.hpp"

#include <vector>

/// For a server in this process whose library lets nobody at its sockets, and for its listener.
namespace alpaca::broker::platform {

/// Everything that this process has open and that may be a socket.
std::vector<Socket> openSockets();

/// The ports of a connection within the machine, over IPv4; 0 for anything else.
int localPort(Socket socket) noexcept;
int remotePort(Socket socket) noexcept;

/// Another name for the same connection, which stays valid whoever closes the first; to be closed. May be `kNoSocket`.
Socket duplicate(Socket socket) noexcept;
void close(Socket socket) noexcept;

/// Ends the connection in both directions; the socket stays open.
void endConnection(Socket socket) noexcept;

/// True when the other side has closed the connection, whether or not something is left to be read.
bool hasHungUp(Socket socket) noexcept;

/// The listener's port is this process's alone, and free again as soon as nobody listens.
void takePortAlone(Socket listener) noexcept;

/// A program started by this process does not inherit the socket.
void closeOnExec(Socket socket) noexcept;

/// As many connections as the system allows wait until they are accepted.
void lengthenQueue(Socket listener) noexcept;

/// From now on, writing to a connection that is gone is only an error on this thread, where it could be a signal.
void refuseBrokenPipeSignal() noexcept;

}  // namespace alpaca::broker::platform

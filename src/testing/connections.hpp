#pragma once

#include "platform/server_sockets.hpp"

/// The connections of a server in this process, which cpp-httplib does not let anyone at: no handler can end one
/// without an answer, and no one can end them all. So they are looked up among all that the process has open.
namespace alpaca::broker::testing {

/// The socket that the server on 127.0.0.1:`localPort` accepted from 127.0.0.1:`remotePort`; `kNoSocket` when there is
/// none. It stays the same for as long as the thread that serves it does not return from its handler.
platform::Socket acceptedSocket(int localPort, int remotePort);

/// Ends the connection, in both directions: what cpp-httplib writes from now on is lost, and it closes the socket.
void cut(platform::Socket socket) noexcept;

/// Ends all connections that the server on 127.0.0.1:`localPort` accepted.
void cutAll(int localPort);

/// Keeps all connections that the server on 127.0.0.1:`localPort` accepted from programs that this process starts.
void keepFromChildren(int localPort);

/// True when the other side has closed the connection.
bool hasHungUp(platform::Socket socket) noexcept;

}  // namespace alpaca::broker::testing

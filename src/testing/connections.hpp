#pragma once

#include "platform/server_sockets.hpp"

/// Finds and ends the connections of a server in this process. cpp-httplib gives no access to them: a handler cannot
/// end its own without an answer, and nobody can end them all. So they are looked up among all open sockets of the
/// process.
namespace alpaca::broker::testing {

/// Returns the socket that the server on 127.0.0.1:`localPort` accepted from 127.0.0.1:`remotePort`; `kNoSocket` when
/// there is none. It stays valid until the thread that serves it returns from its handler.
platform::Socket acceptedSocket(int localPort, int remotePort);

/// Ends the connection in both directions. Whatever cpp-httplib writes afterwards is lost, and cpp-httplib closes the
/// socket.
void cut(platform::Socket socket) noexcept;

/// Ends all connections that the server on 127.0.0.1:`localPort` accepted.
void cutAll(int localPort);

/// Prevents programs that this process starts from inheriting connections of the server on 127.0.0.1:`localPort`.
void keepFromChildren(int localPort);

/// True when the other side has closed the connection.
bool hasHungUp(platform::Socket socket) noexcept;

}  // namespace alpaca::broker::testing

#include "testing/connections.hpp"

namespace alpaca::broker::testing {
namespace {

// Returns the remote port of the socket; 0 when the server on `localPort` did not accept it.
int remotePortOf(platform::Socket socket, int localPort) {
  return platform::localPort(socket) == localPort ? platform::remotePort(socket) : 0;
}

}  // namespace

platform::Socket acceptedSocket(int localPort, int remotePort) {
  for (const platform::Socket socket : platform::openSockets()) {
    if (remotePortOf(socket, localPort) == remotePort) return socket;
  }
  return platform::kNoSocket;
}

void cut(platform::Socket socket) noexcept { platform::endConnection(socket); }

void cutAll(int localPort) {
  for (const platform::Socket socket : platform::openSockets()) {
    if (remotePortOf(socket, localPort) == 0) continue;
    // Its thread may have closed the socket meanwhile, and another thread may have reused the number. A duplicate keeps
    // referring to the same socket.
    const platform::Socket same = platform::duplicate(socket);
    if (same == platform::kNoSocket) continue;
    if (remotePortOf(same, localPort) != 0) cut(same);
    platform::close(same);
  }
}

void keepFromChildren(int localPort) {
  for (const platform::Socket socket : platform::openSockets()) {
    if (remotePortOf(socket, localPort) != 0) platform::closeOnExec(socket);
  }
}

bool hasHungUp(platform::Socket socket) noexcept {
  return socket == platform::kNoSocket || platform::hasHungUp(socket);  // no socket: it hung up before the lookup
}

}  // namespace alpaca::broker::testing

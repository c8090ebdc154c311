#include "testing/connections.hpp"

namespace alpaca::broker::testing {
namespace {

// The port that the socket's connection comes from; 0 when it is not one that the server on `localPort` accepted.
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
    // Meanwhile its thread may have closed it, and another one opened something else under the number: a duplicate
    // stays what it is.
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
  return socket == platform::kNoSocket || platform::hasHungUp(socket);  // none: so early that it could not be found
}

}  // namespace alpaca::broker::testing

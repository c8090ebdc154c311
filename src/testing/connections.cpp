#include "testing/connections.hpp"

#include "platform/server_sockets.hpp"

#include <thread>

namespace alpaca::broker::testing {
namespace {

// Returns the remote port of the socket; 0 when the server on `localPort` did not accept it.
int remotePortOf(platform::Socket socket, int localPort) {
  return platform::localPort(socket) == localPort ? platform::remotePort(socket) : 0;
}

// Prevents programs that this process starts from inheriting connections of the server.
void keepFromChildren(int localPort) {
  for (const platform::Socket socket : platform::openSockets()) {
    if (remotePortOf(socket, localPort) != 0) platform::closeOnExec(socket);
  }
}

}  // namespace

platform::Socket acceptedSocket(int localPort, int remotePort) {
  for (const platform::Socket socket : platform::openSockets()) {
    if (remotePortOf(socket, localPort) == remotePort) return socket;
  }
  return platform::kNoSocket;
}

void cutAll(int localPort) {
  for (const platform::Socket socket : platform::openSockets()) {
    if (remotePortOf(socket, localPort) == 0) continue;
    // Its thread may have closed the socket meanwhile, and another thread may have reused the number. A duplicate keeps
    // referring to the same socket.
    const platform::Socket same = platform::duplicate(socket);
    if (same == platform::kNoSocket) continue;
    if (remotePortOf(same, localPort) != 0) platform::endConnection(same);
    platform::close(same);
  }
}

ThreadPerConnection::Enqueued ThreadPerConnection::enqueue(std::function<void()> serve) {
  keepFromChildren(localPort_);
  {
    const std::lock_guard lock(mutex_);
    ++running_;
  }
  std::thread([this, serve = std::move(serve)] {
    // TLS writes its closing message even on connections that were cut. cpp-httplib ignores SIGPIPE for the whole
    // process, but the process may have changed that.
    platform::refuseBrokenPipeSignal();
    serve();
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) allDone_.notify_all();
  }).detach();
  return Enqueued(true);
}

void ThreadPerConnection::shutdown() {
  std::unique_lock lock(mutex_);
  allDone_.wait(lock, [&] { return running_ == 0; });
}

}  // namespace alpaca::broker::testing

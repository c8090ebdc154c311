#pragma once

#include "platform/socket.hpp"

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

/// Serves, finds and ends the connections of a server in this process. cpp-httplib gives no access to them: a handler
/// cannot end its own without an answer, and nobody can end them all. So they are looked up among all open sockets of
/// the process.
namespace alpaca::broker::testing {

/// Returns the socket that the server on 127.0.0.1:`localPort` accepted from 127.0.0.1:`remotePort`; `kNoSocket` when
/// there is none. It stays valid until the thread that serves it has sent the answer.
platform::Socket acceptedSocket(int localPort, int remotePort);

/// Ends all connections that the server on 127.0.0.1:`localPort` accepted. Whatever cpp-httplib writes afterwards is
/// lost, and cpp-httplib closes the sockets.
void cutAll(int localPort);

/// Runs one thread per connection, as long as that lasts. cpp-httplib's own pool has a fixed size, and a kept-alive
/// connection occupies its thread. With more connections than threads, some would wait in vain.
class ThreadPerConnection : public httplib::TaskQueue {
 public:
  /// The return type that cpp-httplib expects: void or, in newer versions, whether the connection will be served.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

  explicit ThreadPerConnection(int localPort) : localPort_(localPort) {}

  Enqueued enqueue(std::function<void()> serve) override;
  void shutdown() override;

 private:
  const int localPort_;
  std::mutex mutex_;
  std::condition_variable allDone_;
  int running_ = 0;
};

}  // namespace alpaca::broker::testing

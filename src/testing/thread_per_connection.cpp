#include "testing/thread_per_connection.hpp"

#include "platform/server_sockets.hpp"

#include <thread>
#include <utility>

namespace alpaca::broker::testing {

ThreadPerConnection::Enqueued ThreadPerConnection::enqueue(std::function<void()> serve) {
  onConnection_();
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

#include "testing/thread_per_connection.hpp"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): <csignal> need not have pthread_sigmask
#include <thread>
#include <utility>

namespace alpaca::broker::testing {
namespace {

// TLS says good-bye on connections that were cut, too. cpp-httplib ignores SIGPIPE for the process, but the process may
// have its own mind about that.
void blockSigpipe() {
  sigset_t pipe;
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

}  // namespace

void ThreadPerConnection::enqueue(std::function<void()> serve) {
  {
    const std::lock_guard lock(mutex_);
    ++running_;
  }
  std::thread([this, serve = std::move(serve)] {
    blockSigpipe();
    serve();
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) allDone_.notify_all();
  }).detach();
}

void ThreadPerConnection::shutdown() {
  std::unique_lock lock(mutex_);
  allDone_.wait(lock, [&] { return running_ == 0; });
}

}  // namespace alpaca::broker::testing

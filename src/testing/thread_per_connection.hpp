#pragma once

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

namespace alpaca::broker::testing {

/// A thread for each connection, for as long as it lasts. cpp-httplib's own pool has a fixed size, and a kept-alive
/// connection holds its thread: with more connections than threads, the rest would wait for nothing.
class ThreadPerConnection : public httplib::TaskQueue {
 public:
  /// What cpp-httplib wants to hear: nothing or, in newer versions, whether the connection will be served.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

  /// @param onConnection is called when one was accepted, before it is served
  explicit ThreadPerConnection(std::function<void()> onConnection) : onConnection_(std::move(onConnection)) {}

  Enqueued enqueue(std::function<void()> serve) override;
  void shutdown() override;

 private:
  const std::function<void()> onConnection_;
  std::mutex mutex_;
  std::condition_variable allDone_;
  int running_ = 0;
};

}  // namespace alpaca::broker::testing

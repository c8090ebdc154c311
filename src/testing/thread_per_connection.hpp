#pragma once

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

namespace alpaca::broker::testing {

/// Runs one thread per connection, as long as that lasts. cpp-httplib's own pool has a fixed size, and a kept-alive
/// connection occupies its thread. With more connections than threads, some would wait in vain.
class ThreadPerConnection : public httplib::TaskQueue {
 public:
  /// The return type that cpp-httplib expects: void or, in newer versions, whether the connection will be served.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

  /// @param onConnection called for each accepted connection before it is served
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

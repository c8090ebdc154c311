#pragma once

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <mutex>

namespace alpaca::broker::testing {

/// A thread for each connection, for as long as it lasts. cpp-httplib's own pool has a fixed size, and a kept-alive
/// connection holds its thread: with more connections than threads, the rest would wait for nothing.
class ThreadPerConnection : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> serve) override;
  void shutdown() override;

 private:
  std::mutex mutex_;
  std::condition_variable allDone_;
  int running_ = 0;
};

}  // namespace alpaca::broker::testing

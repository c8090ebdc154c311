#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

/// The smallest event loop: functions posted by any thread run on the one thread that runs the loop.
class EventLoop {
 public:
  void post(std::function<void()> event) {
    {
      const std::lock_guard lock(mutex_);
      events_.push_back(std::move(event));
    }
    posted_.notify_one();
  }

  /// Runs posted functions until one of them calls stop().
  void run() {
    while (!stopped_) next()();
  }

  void stop() { stopped_ = true; }

 private:
  std::function<void()> next() {
    std::unique_lock lock(mutex_);
    posted_.wait(lock, [&] { return !events_.empty(); });
    std::function<void()> event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> events_;
  bool stopped_ = false;
};

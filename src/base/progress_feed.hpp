#pragma once

#include <alpaca/broker/function.hpp>

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace alpaca::broker::base {

/// The latest state of some work. Worker threads update it, and one watcher reads it.
template <class Progress>
class ProgressFeed {
 public:
  explicit ProgressFeed(Progress begin) : progress_(std::move(begin)) {}

  /// Calls `change` with the state to change, under a lock.
  template <class Change>
  void update(const Change& change) {
    {
      const std::lock_guard lock(mutex_);
      change(progress_);
      isNews_ = true;
    }
    news_.notify_one();
  }

  void finish() {
    {
      const std::lock_guard lock(mutex_);
      finished_ = true;
    }
    news_.notify_one();
  }

  /// Blocks until the state has changed, and returns it. @return nothing when the work has finished.
  std::optional<Progress> next() {
    std::unique_lock lock(mutex_);
    news_.wait(lock, [&] { return isNews_ || finished_; });
    if (!isNews_) return std::nullopt;
    isNews_ = false;
    return progress_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable news_;
  Progress progress_;
  bool isNews_ = false;
  bool finished_ = false;
};

/// Runs the work on another thread and shows its progress to `watch` on the calling thread. An empty `watch` sees
/// nothing, and the work runs on the calling thread. A slow `watch` does not delay the work: it sees the latest state,
/// not each one. Exceptions from `watch` are dropped; an exception from the work is rethrown here.
template <class Progress>
void runWatched(ProgressFeed<Progress>& feed, const Function<void(const Progress&)>& watch,
                const std::function<void()>& work) {
  // guard: without a watcher, the work runs on the calling thread
  if (!watch) return work();
  std::exception_ptr thrown;
  const auto workThenFinish = [&]() noexcept {
    try {
      work();
    } catch (...) {
      thrown = std::current_exception();
    }
    feed.finish();
  };
  std::thread worker;
  try {
    worker = std::thread(workThenFinish);
  } catch (const std::exception&) {  // no thread or no memory for one: `watch` sees only the end
    workThenFinish();
  }
  while (const auto progress = feed.next()) {
    try {
      watch(*progress);
    } catch (...) {  // NOLINT(bugprone-empty-catch): whatever it is, the work goes on
    }
  }
  if (worker.joinable()) worker.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace alpaca::broker::base

#pragma once

#include "call/executor.hpp"
#include "model/stop_callback.hpp"
#include "platform/process.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace alpaca::broker::call {

/// What an executor shares with its threads.
class Executor::State : public std::enable_shared_from_this<State> {
 public:
  State(std::size_t capacity, std::size_t maxThreads, StartThread startThread)
      : capacity_(capacity),
        maxThreads_(maxThreads),
        // guard: reads leave a thread to the cancels
        maxReaders_(std::max<std::size_t>(maxThreads - 1, 1)),
        startThread_(std::move(startThread)) {
    threads_.reserve(maxThreads_);  // so that storing a started thread cannot throw
  }

  [[nodiscard]] bool isInherited() const noexcept { return process_ != platform::processId(); }
  Result<Submitted> submit(Lane lane, Task task);
  std::size_t prepare(std::size_t threads);
  void continueAt(TimePoint due, const StopToken& stop, Task task);
  void shutdown();

 private:
  using Lock = std::unique_lock<std::mutex>;

  // The rest of a task, which waits for its time. Destroyed without the lock, because its stop callback takes it.
  struct Rest;
  using Rests = std::multimap<TimePoint, std::shared_ptr<Rest>>;
  struct Rest {
    Task task;
    std::optional<Rests::iterator> place{};  // while it waits
    std::optional<StopCallback> onStop{};
  };

  [[nodiscard]] bool restIsDue() const {
    return !rests_.empty() && (closing_ || rests_.begin()->first <= std::chrono::steady_clock::now());
  }
  [[nodiscard]] bool readMayRun() const {
    return (!reads_.empty() || restIsDue()) && (closing_ || readers_ < maxReaders_);
  }
  [[nodiscard]] bool hasWork() const { return !cancels_.empty() || readMayRun(); }
  std::thread newThread() noexcept;
  bool startThread() noexcept;
  void startSuccessor();
  void hurry(Rest& rest);
  void work();
  void waitForWork(Lock& lock);
  std::shared_ptr<Rest> takeRest();
  bool runNext(Lock& lock);

  const long process_ = platform::processId();
  const std::size_t capacity_;
  const std::size_t maxThreads_;
  const std::size_t maxReaders_;
  const StartThread startThread_;
  std::mutex mutex_;
  std::condition_variable wake_;     // there is work, or a shutdown
  std::condition_variable settled_;  // no thread is being started any more
  std::deque<Task> cancels_;
  std::deque<Task> reads_;
  Rests rests_;              // run with the reads
  bool isWatched_ = false;   // a thread waits for the next rest to be due
  bool restIsNext_ = false;  // of a rest and a read that both could run
  std::vector<std::thread> threads_;
  std::size_t starting_ = 0;  // threads being started, not in `threads_` yet
  std::size_t free_ = 0;      // threads that will take the next work, including those being started
  std::size_t readers_ = 0;
  bool closing_ = false;
};

}  // namespace alpaca::broker::call

#pragma once

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/stop.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>

namespace alpaca::broker::call {

/// Which queue a task waits in. All cancels run before any read.
enum class Lane { Cancel, Read };

/// Runs tasks on its own threads: cancels before reads, and each kind in the order of submission.
///
/// The first task starts the first thread, unless `prepare` has. A worker that takes a task while no other thread is
/// free starts another thread first. So a task never waits behind a slow one while more threads are allowed. Only the
/// very first submission pays for starting a thread. Reads run on all threads but one, which is reserved for cancels.
/// With a single thread, they run on that.
///
/// A child made by fork() cannot use it: the threads do not exist there. A task may fork; in the child, its thread ends
/// with the task.
class Executor {
 public:
  /// Must not throw.
  using Task = std::function<void()>;
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Starts a thread; tests replace it. Throws when no thread can be started.
  using StartThread = std::function<std::thread(std::function<void()> work)>;

  Executor(std::size_t capacity, std::size_t maxThreads, const StartThread& startThread = makeThread);

  /// Shuts down.
  ~Executor();

  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  /// Starts threads until there are this many, at most the maximum, so that no task has to.
  /// @return how many are missing because no more could be started, or after a shutdown
  std::size_t prepare(std::size_t threads);

  /// Submits a task, without waiting for other tasks. The task may run, and destroy this executor, before this call
  /// returns. Something else must keep the executor alive until then.
  /// @return why the task never runs: the queue is full, the first thread could not be started, or a shutdown
  Result<Submitted> submit(Lane lane, Task task);

  /// Submits the rest of a task that one of its threads is running: to run with the reads at `due`, or earlier on a
  /// stop or a shutdown. It is never refused and takes no place in the queue, because the task was accepted before.
  /// Throws only std::bad_alloc; then the rest does not run.
  void continueAt(TimePoint due, const StopToken& stop, Task rest);

  /// Accepts no more tasks, runs the queued ones, and returns once all tasks and threads have ended.
  ///
  /// On one of its own threads it cannot wait for the task that calls it. It then runs the queued tasks itself. That
  /// thread ends on its own later, even if the executor is gone by then.
  void shutdown();

 private:
  class State;

  static std::thread makeThread(std::function<void()> work) { return std::thread(std::move(work)); }

  const std::shared_ptr<State> state_;  // shared with the worker threads
};

}  // namespace alpaca::broker::call

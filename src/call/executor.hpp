#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <thread>

namespace alpaca::broker::call {

/// Which line a task waits in: every cancel goes before every read.
enum class Lane { Cancel, Read };

/// What became of a task that was handed over. One that was not accepted never runs.
enum class Submission {
  Accepted,
  QueueFull,
  NoThread,  ///< there is none yet, and none could be started
  ShutDown,
};

/// Runs tasks on threads of its own: cancels before reads, and each of the two in the order of submission.
///
/// No thread is started before the first task. A worker that takes a task and leaves nobody to wait for the next one
/// starts another, before it runs what it took: so a task never waits behind a slow one as long as there may be more
/// threads, and only the first submission of all pays for starting one. Reads run on all threads but one, which is left
/// to the cancels; with a single thread, on that.
///
/// Not for a child made by fork(), where those threads do not exist. A task may make one: the thread that it is on ends
/// there with the task.
class Executor {
 public:
  /// Must not throw.
  using Task = std::function<void()>;

  /// Where threads come from; tests bring their own. Throws when there is none to be had.
  using StartThread = std::function<std::thread(std::function<void()> work)>;

  Executor(std::size_t capacity, std::size_t maxThreads, const StartThread& startThread = makeThread);

  /// Shuts down.
  ~Executor();

  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  /// Hands a task over: never waits for other tasks. It may run, and destroy this executor, before this returns, as
  /// long as something else keeps the executor until then.
  Submission submit(Lane lane, Task task);

  /// Takes no more tasks, has those that wait run all the same, and returns when all have ended and the threads, too.
  /// On one of its own threads it cannot wait for the task that calls it: it runs what waits itself, then, and that one
  /// thread ends by itself, whether or not the executor is still there.
  void shutdown();

  /// How many tasks may wait.
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

 private:
  class State;

  static std::thread makeThread(std::function<void()> work) { return std::thread(std::move(work)); }

  const std::size_t capacity_;
  const std::shared_ptr<State> state_;  // shared with the workers
};

}  // namespace alpaca::broker::call

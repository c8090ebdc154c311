#include "call/executor.hpp"

#include "base/join_unless_own.hpp"
#include "platform/process.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::call {

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
  void shutdown();

 private:
  using Lock = std::unique_lock<std::mutex>;

  [[nodiscard]] bool readMayRun() const { return !reads_.empty() && (closing_ || readers_ < maxReaders_); }
  [[nodiscard]] bool hasWork() const { return !cancels_.empty() || readMayRun(); }
  std::thread newThread() noexcept;
  void startSuccessor();
  void work();
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
  std::vector<std::thread> threads_;
  std::size_t starting_ = 0;  // threads being started, not in `threads_` yet
  std::size_t free_ = 0;      // threads that will take the next work, including those being started
  std::size_t readers_ = 0;
  bool closing_ = false;
};

Result<Submitted> Executor::State::submit(Lane lane, Task task) {
  bool somebodyWaits = false;
  {
    const std::lock_guard lock(mutex_);
    if (closing_) return Error{ErrorKind::Aborted, "The client is being destroyed: nothing was sent."};
    // guard: the queue of asynchronous calls is bounded
    if (cancels_.size() + reads_.size() >= capacity_) {
      return Error{ErrorKind::NotSent, "The queue of asynchronous calls is full (" + std::to_string(capacity_) +
                                           "): nothing was sent, and it is safe to call again."};
    }
    if (threads_.empty()) {  // under the lock: no task is accepted before a thread exists
      std::thread first = newThread();
      if (!first.joinable()) {
        return Error{ErrorKind::NotSent,
                     "No thread could be started for asynchronous calls: nothing was sent, and it is safe to call "
                     "again. Synchronous calls need no such thread."};
      }
      threads_.push_back(std::move(first));
      ++free_;
    }
    (lane == Lane::Cancel ? cancels_ : reads_).push_back(std::move(task));
    somebodyWaits = free_ > 0;
  }
  if (somebodyWaits) wake_.notify_one();
  return Submitted{};
}

std::thread Executor::State::newThread() noexcept try {
  return startThread_([self = shared_from_this()] { self->work(); });
} catch (...) {
  return {};
}

// Starts a thread that `starting_` and `free_` already count.
void Executor::State::startSuccessor() {
  std::thread thread = newThread();
  {
    const std::lock_guard lock(mutex_);
    --starting_;
    if (thread.joinable()) {
      threads_.push_back(std::move(thread));
    } else {
      --free_;  // the other threads must suffice; the next task tries again
    }
  }
  settled_.notify_all();
}

void Executor::State::work() {
  Lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return closing_ || hasWork(); });
    if (!hasWork() || !runNext(lock)) return;
  }
}

// Runs the next task, without the lock. Returns false in a child process that the task forked: a thread that exists
// only in the parent may hold the lock for ever.
bool Executor::State::runNext(Lock& lock) {
  // guard: cancels overtake reads
  const Lane lane = cancels_.empty() ? Lane::Read : Lane::Cancel;
  std::deque<Task>& queue = lane == Lane::Cancel ? cancels_ : reads_;
  {
    const Task task = std::move(queue.front());
    queue.pop_front();
    --free_;
    if (lane == Lane::Read) ++readers_;
    // guard: no call waits for another while there may be more threads
    const bool leavesNobody = free_ == 0 && !closing_ && threads_.size() + starting_ < maxThreads_;
    if (leavesNobody) {
      ++starting_;
      ++free_;
    }
    const bool leavesWork = hasWork();
    lock.unlock();
    if (leavesNobody) startSuccessor();
    if (leavesWork) wake_.notify_one();
    task();
  }  // destroys what the task holds, still without the lock
  // guard: a parent's thread ends in a child that its callback makes
  if (isInherited()) return false;
  lock.lock();
  ++free_;
  if (lane == Lane::Read) --readers_;
  return true;
}

void Executor::State::shutdown() {
  Lock lock(mutex_);
  closing_ = true;
  wake_.notify_all();
  settled_.wait(lock, [&] { return starting_ == 0; });  // no new one starts, because `closing_` is set
  std::vector<std::thread> all = std::move(threads_);
  threads_.clear();
  const bool onOwnThread = std::any_of(
      all.begin(), all.end(), [](const std::thread& thread) { return thread.get_id() == std::this_thread::get_id(); });
  if (onOwnThread) ++free_;  // takes work again, from within its own task
  lock.unlock();
  if (onOwnThread) work();
  // guard: a callback may destroy the client
  for (std::thread& thread : all) base::joinUnlessOwn(thread);
}

Executor::Executor(std::size_t capacity, std::size_t maxThreads, const StartThread& startThread)
    : state_(std::make_shared<State>(capacity, maxThreads, startThread)) {}

Executor::~Executor() { shutdown(); }

Result<Submitted> Executor::submit(Lane lane, Task task) { return state_->submit(lane, std::move(task)); }

void Executor::shutdown() { state_->shutdown(); }

}  // namespace alpaca::broker::call

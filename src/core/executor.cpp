#include "core/executor.hpp"

#include "http/platform.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace alpaca::broker::core {

// What belongs to one process, like the connection pool's.
struct Executor::State : std::enable_shared_from_this<State> {
  State(std::size_t mostWaiting, std::size_t mostThreads, StartThread start)
      : capacity(mostWaiting),
        maxThreads(mostThreads),
        maxReaders(std::max<std::size_t>(mostThreads - 1, 1)),
        startThread(std::move(start)) {
    threads.reserve(maxThreads);  // so that keeping a thread that was started cannot throw
  }

  Submission submit(Lane lane, Task task);
  void shutdown();

  const long process = http::processId();

 private:
  using Lock = std::unique_lock<std::mutex>;

  [[nodiscard]] bool readMayRun() const { return !reads.empty() && (closing || readers < maxReaders); }
  [[nodiscard]] bool hasWork() const { return !cancels.empty() || readMayRun(); }
  std::thread newThread() noexcept;
  void startSuccessor();
  void work();
  bool runNext(Lock& lock);

  const std::size_t capacity;
  const std::size_t maxThreads;
  const std::size_t maxReaders;
  const StartThread startThread;
  std::mutex mutex;
  std::condition_variable wake;     // there is work, or the end
  std::condition_variable settled;  // no thread is being started
  std::deque<Task> cancels;
  std::deque<Task> reads;
  std::vector<std::thread> threads;
  std::size_t starting = 0;  // threads that are not among the above yet
  std::size_t free = 0;      // threads that come for work next, those that are being started included
  std::size_t readers = 0;
  bool closing = false;
};

Submission Executor::State::submit(Lane lane, Task task) {
  bool somebodyWaits = false;
  {
    const std::lock_guard lock(mutex);
    if (closing) return Submission::ShutDown;
    if (cancels.size() + reads.size() >= capacity) return Submission::QueueFull;
    if (threads.empty()) {  // under the lock, so that nobody's task is accepted before there is a thread for it
      std::thread first = newThread();
      if (!first.joinable()) return Submission::NoThread;
      threads.push_back(std::move(first));
      ++free;
    }
    (lane == Lane::Cancel ? cancels : reads).push_back(std::move(task));
    somebodyWaits = free > 0;
  }
  if (somebodyWaits) wake.notify_one();
  return Submission::Accepted;
}

std::thread Executor::State::newThread() noexcept try {
  return startThread([self = shared_from_this()] { self->work(); });
} catch (...) {
  return {};
}

// For a place that is among `starting` and `free` already.
void Executor::State::startSuccessor() {
  std::thread thread = newThread();
  {
    const std::lock_guard lock(mutex);
    --starting;
    if (thread.joinable()) {
      threads.push_back(std::move(thread));
    } else {
      --free;  // those that are there must do; the next task is the next chance
    }
  }
  settled.notify_all();
}

void Executor::State::work() {
  Lock lock(mutex);
  for (;;) {
    wake.wait(lock, [&] { return closing || hasWork(); });
    if (!hasWork() || !runNext(lock)) return;
  }
}

// Runs the task that comes first, without the lock. Returns false in a child that the task has made by fork(): there,
// whatever the lock guards is not ours any more.
bool Executor::State::runNext(Lock& lock) {
  const Lane lane = cancels.empty() ? Lane::Read : Lane::Cancel;
  std::deque<Task>& queue = lane == Lane::Cancel ? cancels : reads;
  {
    const Task task = std::move(queue.front());
    queue.pop_front();
    --free;
    if (lane == Lane::Read) ++readers;
    const bool leavesNobody = free == 0 && !closing && threads.size() + starting < maxThreads;
    if (leavesNobody) {
      ++starting;
      ++free;
    }
    const bool leavesWork = hasWork();
    lock.unlock();
    if (leavesNobody) startSuccessor();
    if (leavesWork) wake.notify_one();
    task();
  }  // what the task holds goes here, still without the lock
  if (process != http::processId()) return false;
  lock.lock();
  ++free;
  if (lane == Lane::Read) --readers;
  return true;
}

void Executor::State::shutdown() {
  Lock lock(mutex);
  closing = true;
  wake.notify_all();
  settled.wait(lock, [&] { return starting == 0; });  // and none is started any more
  std::vector<std::thread> all = std::move(threads);
  threads.clear();
  const auto own = std::find_if(
      all.begin(), all.end(), [](const std::thread& thread) { return thread.get_id() == std::this_thread::get_id(); });
  const bool onOwnThread = own != all.end();
  if (onOwnThread) {
    own->detach();
    ++free;  // comes for work once more, from within its task
  }
  lock.unlock();
  if (onOwnThread) work();
  for (std::thread& thread : all) {
    if (thread.joinable()) thread.join();
  }
}

Executor::Executor(std::size_t capacity, std::size_t maxThreads, StartThread startThread)
    : capacity_(capacity),
      maxThreads_(maxThreads),
      startThread_(std::move(startThread)),
      state_(makeState().release()) {}

Executor::~Executor() {
  shutdown();
  const std::shared_ptr<State>* const current = state_;
  if ((*current)->process == http::processId()) delete current;  // else inherited by a child that never used it
}

Submission Executor::submit(Lane lane, Task task) { return state().submit(lane, std::move(task)); }

void Executor::shutdown() {
  const std::shared_ptr<State>* const current = state_;
  if ((*current)->process == http::processId()) (*current)->shutdown();  // else these are the parent's threads
}

std::unique_ptr<std::shared_ptr<Executor::State>> Executor::makeState() const {
  return std::make_unique<std::shared_ptr<State>>(std::make_shared<State>(capacity_, maxThreads_, startThread_));
}

Executor::State& Executor::state() {
  std::shared_ptr<State>* current = state_;
  if ((*current)->process == http::processId()) return **current;
  // In a child: the parent's state, whose lock may be held for ever, is left alone for good.
  auto own = makeState();
  return **(state_.compare_exchange_strong(current, own.get()) ? own.release() : current);
}

}  // namespace alpaca::broker::core

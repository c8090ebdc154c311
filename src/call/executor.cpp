#include "call/executor.hpp"

#include "base/join_unless_own.hpp"
#include "call/executor_state.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace alpaca::broker::call {

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
      if (!startThread()) {
        return Error{ErrorKind::NotSent,
                     "No thread could be started for asynchronous calls: nothing was sent, and it is safe to call "
                     "again. Synchronous calls need no such thread."};
      }
    }
    (lane == Lane::Cancel ? cancels_ : reads_).push_back(std::move(task));
    somebodyWaits = free_ > 0;
  }
  if (somebodyWaits) wake_.notify_one();
  return Submitted{};
}

std::size_t Executor::State::prepare(std::size_t threads) {
  // guard: a parent's client starts no thread in a child
  if (isInherited()) return threads;
  const std::size_t wanted = std::min(threads, maxThreads_);
  for (;;) {
    // Locked for each thread anew: a submission must not wait until all have started.
    const std::lock_guard lock(mutex_);
    const std::size_t missing = wanted - std::min(wanted, threads_.size() + starting_);
    if (missing == 0 || closing_ || !startThread()) return missing;
  }
}

// Starts a thread, under the lock.
bool Executor::State::startThread() noexcept {
  std::thread thread = newThread();
  if (!thread.joinable()) return false;
  threads_.push_back(std::move(thread));
  ++free_;
  return true;
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

void Executor::State::continueAt(TimePoint due, const StopToken& stop, Task task) {
  const auto rest = std::make_shared<Rest>();
  rest->task = std::move(task);
  rest->onStop.emplace(stop, [this, waiting = rest.get()] { hurry(*waiting); });
  {
    const std::lock_guard lock(mutex_);
    // A stop from before found it waiting nowhere.
    rest->place = rests_.emplace(stop.stopRequested() ? TimePoint::min() : due, rest);
    if (*rest->place != rests_.begin()) return;
  }
  wake_.notify_all();  // also the thread that waits for a later one
}

void Executor::State::hurry(Rest& rest) {
  {
    const std::lock_guard lock(mutex_);
    if (!rest.place) return;
    auto node = rests_.extract(*rest.place);
    node.key() = TimePoint::min();
    rest.place = rests_.insert(std::move(node));
  }
  wake_.notify_all();
}

void Executor::State::work() {
  Lock lock(mutex_);
  for (;;) {
    waitForWork(lock);
    if (!hasWork() || !runNext(lock)) return;
  }
}

void Executor::State::waitForWork(Lock& lock) {
  while (!closing_ && !hasWork()) {
    // One thread watches the time, so that not all of them wake up whenever a rest is due.
    if (rests_.empty() || isWatched_ || readers_ >= maxReaders_) {
      wake_.wait(lock);
      continue;
    }
    isWatched_ = true;
    const TimePoint due = rests_.begin()->first;
    wake_.wait_until(lock, due);
    isWatched_ = false;
  }
}

// Takes the rest that is due; null when none is, or when a read's turn has come: otherwise many rests that are due
// again and again would hold up reads for ever.
std::shared_ptr<Executor::State::Rest> Executor::State::takeRest() {
  // guard: rests and reads take turns
  const bool isItsTurn = restIsDue() && (restIsNext_ || reads_.empty());
  restIsNext_ = !isItsTurn;
  if (!isItsTurn) return nullptr;
  std::shared_ptr<Rest> rest = std::move(rests_.begin()->second);
  rests_.erase(rests_.begin());
  rest->place.reset();
  return rest;
}

// Runs the next task, without the lock. Returns false in a child process that the task forked: a thread that exists
// only in the parent may hold the lock for ever.
bool Executor::State::runNext(Lock& lock) {
  // guard: cancels overtake reads
  const Lane lane = cancels_.empty() ? Lane::Read : Lane::Cancel;
  {
    std::shared_ptr<Rest> rest = lane == Lane::Read ? takeRest() : nullptr;
    std::deque<Task>& queue = lane == Lane::Cancel ? cancels_ : reads_;
    const Task task = std::move(rest ? rest->task : queue.front());
    if (!rest) queue.pop_front();
    --free_;
    if (lane == Lane::Read) ++readers_;
    // guard: no call waits for another while there may be more threads
    const bool leavesNobody = free_ == 0 && !closing_ && threads_.size() + starting_ < maxThreads_;
    if (leavesNobody) {
      ++starting_;
      ++free_;
    }
    const bool leavesWork = hasWork() || !rests_.empty();
    lock.unlock();
    rest.reset();
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

std::size_t Executor::prepare(std::size_t threads) { return state_->prepare(threads); }

Result<Submitted> Executor::submit(Lane lane, Task task) { return state_->submit(lane, std::move(task)); }

void Executor::continueAt(TimePoint due, const StopToken& stop, Task rest) {
  state_->continueAt(due, stop, std::move(rest));
}

void Executor::shutdown() { state_->shutdown(); }

}  // namespace alpaca::broker::call

#include "base/parallel_for.hpp"

#include "platform/process.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace alpaca::broker::base {
namespace {

class ParallelRun {
 public:
  ParallelRun(std::size_t count, const std::function<void(std::size_t)>& work, const std::function<bool()>& goOn)
      : count_(count), work_(work), goOn_(goOn) {}

  // Starts up to `threads` threads, fewer when threads or memory run out. The calling thread works in any case.
  void startThreads(std::size_t threads) noexcept {
    try {
      threads_.reserve(threads);  // so that storing a started thread cannot throw
      while (threads_.size() < threads) threads_.emplace_back([this] { work(); });
      // guard: work continues without memory for threads
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): fewer hands, the same work
    }
  }

  void work() noexcept {
    while (mayGoOn()) {
      const std::size_t index = next_++;
      if (index >= count_) return;
      try {
        work_(index);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        thrown_ = std::current_exception();
      }
    }
  }

  std::size_t finish() {
    if (isInChild()) {
      // The threads do not exist in a child: the handles are leaked, as they can be neither joined nor detached.
      static_cast<void>(new std::vector<std::thread>(std::move(threads_)));
    } else {
      for (std::thread& thread : threads_) thread.join();
    }
    if (thrown_) std::rethrow_exception(thrown_);
    return std::min<std::size_t>(next_, count_);
  }

 private:
  // True in a child process that the user's code made by fork() within the work.
  [[nodiscard]] bool isInChild() const noexcept { return process_ != platform::processId(); }
  // guard: parallel work does not continue in a child
  [[nodiscard]] bool mayGoOn() const { return !isInChild() && next_ < count_ && (!goOn_ || goOn_()); }

  const long process_ = platform::processId();

  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  const std::function<bool()>& goOn_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::exception_ptr thrown_;
  std::vector<std::thread> threads_;
};

}  // namespace

std::size_t parallelFor(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work,
                        const std::function<bool()>& goOn) {
  ParallelRun run(count, work, goOn);
  run.startThreads(std::max<std::size_t>(std::min(threads, count), 1) - 1);
  run.work();
  return run.finish();
}

}  // namespace alpaca::broker::base

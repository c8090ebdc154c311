#include "core/fan_out.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace alpaca::broker::core {
namespace {

class Crew {
 public:
  Crew(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

  // As many threads as the system gives; none at all means that the calling thread does the work.
  void hire(std::size_t threads) {
    threads_.reserve(threads);
    try {
      while (threads_.size() < threads) threads_.emplace_back([this] { workOff(); });
    } catch (const std::system_error&) {
      if (threads_.empty()) workOff();
    }
  }

  void workOff() {
    for (std::size_t index = take(); index < count_; index = take()) {
      try {
        work_(index);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        thrown_ = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      ++done_;
      progress_.notify_one();
    }
  }

  void watch(const std::function<void(std::size_t)>& watch) {
    for (std::size_t told = 0; told < count_;) {
      told = waitForMoreThan(told);
      try {
        watch(told);
      } catch (...) {  // NOLINT(bugprone-empty-catch): whatever it is, the work goes on
      }
    }
  }

  void finish() {
    for (std::thread& thread : threads_) thread.join();
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  std::size_t take() {
    const std::lock_guard lock(mutex_);
    return next_ < count_ ? next_++ : count_;
  }

  std::size_t waitForMoreThan(std::size_t told) {
    std::unique_lock lock(mutex_);
    progress_.wait(lock, [&] { return done_ > told; });
    return done_;
  }

  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::mutex mutex_;
  std::condition_variable progress_;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  std::exception_ptr thrown_;
  std::vector<std::thread> threads_;
};

}  // namespace

void fanOut(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work,
            const std::function<void(std::size_t)>& watch) {
  Crew crew(count, work);
  threads = std::min(threads, count);
  if (threads <= 1 && !watch) {
    crew.workOff();
  } else {
    crew.hire(threads);
    if (watch) crew.watch(watch);
  }
  crew.finish();
}

}  // namespace alpaca::broker::core

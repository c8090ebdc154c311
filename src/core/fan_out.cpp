#include "core/fan_out.hpp"

#include <algorithm>
#include <atomic>
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

  // As many threads as the system gives; the calling thread works in any case.
  void hire(std::size_t threads) {
    threads_.reserve(threads);
    try {
      while (threads_.size() < threads) threads_.emplace_back([this] { workOff(); });
    } catch (const std::system_error&) {  // NOLINT(bugprone-empty-catch): fewer hands, the same work
    }
  }

  void workOff() {
    for (std::size_t index = next_++; index < count_; index = next_++) {
      try {
        work_(index);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        thrown_ = std::current_exception();
      }
    }
  }

  void finish() {
    for (std::thread& thread : threads_) thread.join();
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::exception_ptr thrown_;
  std::vector<std::thread> threads_;
};

}  // namespace

void fanOut(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work) {
  Crew crew(count, work);
  crew.hire(std::max<std::size_t>(std::min(threads, count), 1) - 1);
  crew.workOff();
  crew.finish();
}

}  // namespace alpaca::broker::core

#include "clients/threads.hpp"

#include "clients/status.hpp"

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace alpaca::broker::bench {

ThreadedBatch::ThreadedBatch(MakeClient make, const Site& site, const Orders& orders, int connections) {
  for (int i = 0; i < connections; ++i) {
    clients_.push_back(make(site, orders));
    requireStatus(clients_.back()->cancel(0), kAccepted);  // a fast server leaves some threads nothing to connect for
  }
}

void ThreadedBatch::cancelAll(std::size_t count) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&](Client& client) {
    try {
      for (std::size_t index = next++; index < count; index = next++) requireStatus(client.cancel(index), kAccepted);
    } catch (...) {
      next = count;  // the others need not go on
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(clients_.size());
  for (const auto& client : clients_) threads.emplace_back(work, std::ref(*client));
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace alpaca::broker::bench

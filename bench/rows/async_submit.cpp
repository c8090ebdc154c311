// The time that an asynchronous cancel takes on the submitting thread, with a callback and with a future, beside the
// plain limit: a deque of std::function behind a mutex, and one worker. Each time includes two readings of the clock.
// "alone": the worker threads sleep, and one of them must wake up; "burst": many submits, while they work. The threads
// and the server share the cores with the submitting thread, so the scheduler decides the upper percentiles.
#include "clients/countdown.hpp"
#include "clients/sdk.hpp"
#include "rows/rows.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

namespace alpaca::broker::bench {
namespace {

struct Load {
  const char* name;
  std::size_t batches;
  std::size_t perBatch;
  std::chrono::milliseconds pause;  // before each batch, so that all threads go to sleep
};

constexpr Load kAlone{"alone", 2000, 1, std::chrono::milliseconds(1)};
constexpr Load kBurst{"burst", 20, 1000, std::chrono::milliseconds(0)};

// Times each `submit`. After a batch, `drain` waits for the end of all its work.
template <class Submit, class Drain>
Json measure(const Load& load, const char* what, Submit submit, Drain drain) {
  std::vector<double> times;
  times.reserve(load.batches * load.perBatch);
  const std::size_t warmUp = load.batches / 10;
  for (std::size_t batch = 0; batch < warmUp + load.batches; ++batch) {
    std::this_thread::sleep_for(load.pause);
    Countdown done(load.perBatch);
    for (std::size_t i = 0; i < load.perBatch; ++i) {
      const double start = nowMicros();
      submit(done);
      const double time = microsSince(start);
      if (batch >= warmUp) times.push_back(time);
    }
    drain(done);
  }
  return {{"load", load.name}, {"what", what}, {"us", times}};
}

// The plain limit: a queue, and a thread that runs its tasks.
class PlainQueue {
 public:
  PlainQueue() = default;
  ~PlainQueue() {
    push({});
    thread_.join();
  }
  PlainQueue(const PlainQueue&) = delete;
  PlainQueue& operator=(const PlainQueue&) = delete;

  void push(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    pushed_.notify_one();
  }

 private:
  void run() {
    for (;;) {
      std::unique_lock lock(mutex_);
      pushed_.wait(lock, [&] { return !tasks_.empty(); });
      const std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      if (!task) return;
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable pushed_;
  std::deque<std::function<void()>> tasks_;
  std::thread thread_{[this] { run(); }};
};

void waitFor(Countdown& done) { done.wait(); }

Json plainLimit(const Load& load) {
  PlainQueue queue;
  const auto submit = [&](Countdown& done) { queue.push([&done] { done.count(); }); };
  return measure(load, "plain limit", submit, waitFor);
}

Json withCallback(const Load& load, BrokerClient& client, const OrderId& order) {
  const AccountId account = sdkAccount();
  std::atomic<int> wrong{kAccepted};
  const auto submit = [&](Countdown& done) {
    const auto callback = [&](const Result<CancelAccepted>& result) {
      if (!result) wrong = statusOf(result);
      done.count();
    };
    client.cancelOrderAsync(account, order, callback).value();
  };
  Json result = measure(load, "with callback", submit, waitFor);
  requireAccepted(wrong);
  return result;
}

Json withFuture(const Load& load, BrokerClient& client, const OrderId& order) {
  const AccountId account = sdkAccount();
  std::vector<std::future<Result<CancelAccepted>>> futures;
  futures.reserve(load.perBatch);
  const auto submit = [&](Countdown& /*done*/) { futures.push_back(future::cancelOrder(client, account, order)); };
  const auto drain = [&](Countdown& /*done*/) {
    for (auto& future : futures) future.get().value();
    futures.clear();
  };
  return measure(load, "with future", submit, drain);
}

}  // namespace

Json measureSubmits(const Sites& sites) {
  BrokerClient client{sdkCredentials(), sdkOptions(sites.loopback, ClientOptions{}.maxConnections)};
  const OrderId order = sdkOrders(ordersOf(1)).front();
  Json rows = Json::array();
  for (const Load& load : {kAlone, kBurst}) {
    rows.push_back(plainLimit(load));
    rows.push_back(withCallback(load, client, order));
    rows.push_back(withFuture(load, client, order));
  }
  return rows;
}

}  // namespace alpaca::broker::bench

// What it costs the strategy's thread to submit an asynchronous cancel: with a callback, and with a future, beside the
// plain limit, which is pushing an empty std::function onto a deque behind a mutex and notifying the one who waits.
// Each submission is timed on its own, two readings of the clock included. "alone": the threads behind the queue sleep,
// and one must be woken; "burst": in batches, while they work. They and the server share the machine with the
// submitting thread, so that the upper values show above all how often the system let one of them go first.
#include "clients/sdk.hpp"
#include "rows/rows.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace alpaca::broker::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Load {
  const char* name;
  std::size_t batches;
  std::size_t perBatch;
  std::chrono::milliseconds pause;  // before each batch, for all threads to go to sleep
};

constexpr Load kAlone{"alone", 2000, 1, std::chrono::milliseconds(1)};
constexpr Load kBurst{"burst", 20, 1000, std::chrono::milliseconds(0)};

struct Cost {
  double p50 = 0, p99 = 0, max = 0;  // microseconds
};

Cost costOf(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](std::size_t percent) { return times[(times.size() - 1) * percent / 100]; };
  return {at(50), at(99), times.back()};
}

// Lets the submitting thread wait for what it has set off.
class Done {
 public:
  void add(const Result<CancelAccepted>& result = CancelAccepted{}) {
    const std::lock_guard lock(mutex_);
    ++count_;
    if (!result) failure_ = result.error();
    changed_.notify_one();
  }
  void waitFor(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ >= count; });
    count_ = 0;
    if (failure_) throw BrokerError(*failure_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
  std::optional<Error> failure_;
};

// Times each call of `submit`; after a batch, `drain` waits until all that it has set off has ended.
template <class Submit, class Drain>
Cost measure(const Load& load, Submit submit, Drain drain) {
  std::vector<double> times;
  times.reserve(load.batches * load.perBatch);
  const std::size_t warmUp = load.batches / 10;
  for (std::size_t batch = 0; batch < warmUp + load.batches; ++batch) {
    std::this_thread::sleep_for(load.pause);
    for (std::size_t i = 0; i < load.perBatch; ++i) {
      const auto start = Clock::now();
      submit();
      const std::chrono::duration<double, std::micro> time = Clock::now() - start;
      if (batch >= warmUp) times.push_back(time.count());
    }
    drain(load.perBatch);
  }
  return costOf(std::move(times));
}

// The plain limit: a queue, and a thread that runs what is in it.
class PlainQueue {
 public:
  ~PlainQueue() {
    push({});
    thread_.join();
  }
  PlainQueue() = default;
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

Cost plainPush(const Load& load) {
  Done done;
  PlainQueue queue;
  return measure(
      load, [&] { queue.push([&done] { done.add(); }); }, [&](std::size_t count) { done.waitFor(count); });
}

// The one order that is canceled, and who cancels it.
struct Desk {
  BrokerClient& client;
  AccountId account;
  OrderId order;
};

Cost withCallback(const Load& load, const Desk& desk) {
  Done done;
  const auto callback = [&done](const Result<CancelAccepted>& result) { done.add(result); };
  const auto submit = [&] { desk.client.cancelOrderAsync(desk.account, desk.order, callback).value(); };
  return measure(load, submit, [&](std::size_t count) { done.waitFor(count); });
}

Cost withFuture(const Load& load, const Desk& desk) {
  std::vector<std::future<Result<CancelAccepted>>> futures;
  futures.reserve(load.perBatch);
  const auto submit = [&] { futures.push_back(desk.client.cancelOrderAsync(desk.account, desk.order)); };
  return measure(load, submit, [&](std::size_t) {
    for (auto& future : futures) future.get().value();
    futures.clear();
  });
}

Submit row(const Load& load, const char* what, const Cost& cost, const Cost& limit) {
  return {load.name, what,     load.batches * load.perBatch, cost.p50,
          cost.p99,  cost.max, cost.p50 / limit.p50,         cost.p99 / limit.p99};
}

}  // namespace

std::vector<Submit> measureSubmits(const Rig& rig) {
  const Site& site = rig.loopback().keepAlive;
  BrokerClient client{sdkCredentials(site), sdkOptions(site, ClientOptions{}.maxConnections)};
  const Desk desk{client, sdkAccount(site), sdkOrders(rig.fewOrders()).front()};

  std::vector<Submit> rows;
  for (const Load& load : {kAlone, kBurst}) {
    const Cost limit = plainPush(load);
    rows.push_back(row(load, "plain limit", limit, limit));
    rows.push_back(row(load, "with callback", withCallback(load, desk), limit));
    rows.push_back(row(load, "with future", withFuture(load, desk), limit));
  }
  return rows;
}

}  // namespace alpaca::broker::bench

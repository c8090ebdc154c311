// What it costs the strategy's thread to submit an asynchronous cancel: with a callback, and with a future, beside the
// plain limit, which is pushing an empty std::function onto a deque behind a mutex and notifying the one who waits.
// Each submission is timed on its own, two readings of the clock included. "alone": the threads behind the queue sleep,
// and one must be woken; "burst": in batches, while they work. They and the mock broker's share the machine with the
// submitting thread, so that the upper values show above all how often the system let one of them go first. Prints a
// table, then one line of JSON for each row.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace broker = alpaca::broker;

namespace {

using Clock = std::chrono::steady_clock;

broker::AccountId accountId() { return broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value(); }
broker::OrderId orderId() { return broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value(); }

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
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_one();
  }
  void waitFor(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ >= count; });
    count_ = 0;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
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

Cost withCallback(const Load& load, broker::BrokerClient& client) {
  Done done;
  const auto account = accountId();
  const auto order = orderId();
  const auto submit = [&] {
    client.cancelOrderAsync(account, order, [&done](const broker::Result<broker::CancelAccepted>&) { done.add(); })
        .value();
  };
  return measure(load, submit, [&](std::size_t count) { done.waitFor(count); });
}

Cost withFuture(const Load& load, broker::BrokerClient& client) {
  const auto account = accountId();
  const auto order = orderId();
  std::vector<std::future<broker::Result<broker::CancelAccepted>>> futures;
  futures.reserve(load.perBatch);
  const auto submit = [&] { futures.push_back(client.cancelOrderAsync(account, order)); };
  return measure(load, submit, [&](std::size_t) {
    for (auto& future : futures) future.wait();
    futures.clear();
  });
}

struct Row {
  const char* load;
  const char* what;
  std::size_t submits;
  Cost cost;
  Cost limit;
};

void print(const std::vector<Row>& rows) {
  std::printf("\n%-7s %-14s %9s %9s %9s   %s\n", "load", "", "p50 us", "p99 us", "max us", "p50, p99 : plain limit");
  for (const Row& row : rows) {
    std::printf("%-7s %-14s %9.2f %9.2f %9.2f   %.1f, %.1f\n", row.load, row.what, row.cost.p50, row.cost.p99,
                row.cost.max, row.cost.p50 / row.limit.p50, row.cost.p99 / row.limit.p99);
  }
  std::printf("\n");
  for (const Row& row : rows) {
    std::printf(
        "{\"benchmark\":\"async_submit\",\"load\":\"%s\",\"what\":\"%s\",\"submits\":%zu,\"p50_us\":%.3f,"
        "\"p99_us\":%.3f,\"max_us\":%.3f,\"p50_ratio\":%.2f,\"p99_ratio\":%.2f}\n",
        row.load, row.what, row.submits, row.cost.p50, row.cost.p99, row.cost.max, row.cost.p50 / row.limit.p50,
        row.cost.p99 / row.limit.p99);
  }
}

}  // namespace

int main() try {
  broker::testing::MockBroker mock;
  mock.addOrder(accountId(), orderId(), "filled");
  broker::ClientOptions options = mock.clientOptions();
  options.deadline = std::chrono::minutes(1);
  broker::BrokerClient client{mock.credentials(), options};

  std::vector<Row> rows;
  for (const Load& load : {kAlone, kBurst}) {
    const std::size_t submits = load.batches * load.perBatch;
    const Cost limit = plainPush(load);
    rows.push_back({load.name, "plain limit", submits, limit, limit});
    rows.push_back({load.name, "with callback", submits, withCallback(load, client), limit});
    rows.push_back({load.name, "with future", submits, withFuture(load, client), limit});
  }
  std::printf("Cost of a submission on the submitting thread, %u hardware threads, %d connections\n",
              std::thread::hardware_concurrency(), options.maxConnections);
  print(rows);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}

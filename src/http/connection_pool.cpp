#include "http/connection_pool.hpp"

#include "http/connection.hpp"
#include "http/stop_callback.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace alpaca::broker::http {

struct ConnectionPool::State {
  State(const ConnectionSettings& settings, std::size_t mostConnections)
      : tls(settings.tlsShared ? makeSharedTls(settings.caFile) : nullptr), slots(mostConnections) {
    idle.reserve(slots);  // so that giving a connection back cannot throw
    running.reserve(slots);
  }

  std::unique_ptr<Connection> takeIdle();
  void wakeAll();

  const std::shared_ptr<SharedTls> tls;  // in here, as a child made by fork() needs its own
  const std::size_t slots;
  std::mutex mutex;
  std::condition_variable slotFreed;
  std::condition_variable pauseEnded;             // ahead of time, that is
  std::vector<std::unique_ptr<Connection>> idle;  // the warmest at the back
  std::vector<Connection*> running;
  std::size_t slotsUsed = 0;
  bool closing = false;
};

// The right to use one connection. As a new one is made only by the holder of a slot who finds none idle, there are
// never more connections than slots.
class ConnectionPool::Slot {
 public:
  Slot(State& state, const Limits& limits) : state_(state) {
    const StopCallback wake(limits.stop, [&] { state_.wakeAll(); });
    std::unique_lock lock(state_.mutex);
    const auto stopped = [&] { return state_.closing || limits.stop.stopRequested(); };
    const bool inTime = state_.slotFreed.wait_until(lock, limits.deadline,
                                                    [&] { return stopped() || state_.slotsUsed < state_.slots; });
    if (stopped()) {
      refusal_ = Failure::Aborted;
    } else if (!inTime) {
      refusal_ = Failure::NoFreeConnection;
    } else {
      ++state_.slotsUsed;
    }
  }
  ~Slot() {
    if (refusal_ != Failure::None) return;
    {
      const std::lock_guard lock(state_.mutex);
      --state_.slotsUsed;
    }
    state_.slotFreed.notify_one();
  }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  [[nodiscard]] Failure refusal() const noexcept { return refusal_; }

 private:
  State& state_;
  Failure refusal_ = Failure::None;
};

// Makes a connection reachable for close() as long as it runs, then gives it back, or drops it if it failed.
class ConnectionPool::Running {
 public:
  Running(State& state, std::unique_ptr<Connection> connection, const StopToken& stop)
      : state_(state), connection_(std::move(connection)) {
    onStop_.emplace(stop, [running = connection_.get()] { running->abort(); });
    const std::lock_guard lock(state_.mutex);
    state_.running.push_back(connection_.get());
    if (state_.closing) connection_->abort();
  }
  ~Running() {
    onStop_.reset();  // from here on, nobody aborts a connection that is already another call's
    const std::lock_guard lock(state_.mutex);
    state_.running.erase(std::find(state_.running.begin(), state_.running.end(), connection_.get()));
    if (!connection_->failed()) state_.idle.push_back(std::move(connection_));
  }  // a failed connection is closed here, after the lock is released
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  Connection* operator->() const noexcept { return connection_.get(); }

 private:
  State& state_;
  std::unique_ptr<Connection> connection_;
  std::optional<StopCallback> onStop_;
};

namespace {

Exchange withoutSending(Failure failure, const char* detail) {
  Exchange exchange;
  exchange.failure = failure;
  exchange.detail = detail;
  return exchange;
}

}  // namespace

ConnectionPool::ConnectionPool(ConnectionSettings settings, int maxConnections)
    : settings_(std::move(settings)), state_([this, most = static_cast<std::size_t>(maxConnections)] {
        return std::make_unique<State>(settings_, most);
      }) {
  State& pool = state_.get();
  pool.idle.push_back(std::make_unique<Connection>(settings_, pool.tls));
}

ConnectionPool::~ConnectionPool() = default;

Exchange ConnectionPool::run(const HttpRequest& request, const Limits& limits) try {
  State& pool = state_.get();
  const Slot slot(pool, limits);
  if (slot.refusal() != Failure::None) return withoutSending(slot.refusal(), "");
  std::unique_ptr<Connection> connection = pool.takeIdle();
  if (!connection) connection = std::make_unique<Connection>(settings_, pool.tls);
  const Running running(pool, std::move(connection), limits.stop);
  // A request that cannot be answered in time is better not sent.
  if (std::chrono::steady_clock::now() >= limits.deadline) return withoutSending(Failure::TimedOut, "");
  return running->run(request, limits);
} catch (const ConnectionSetupError& error) {
  return withoutSending(Failure::SetupFailed, error.what());
}

std::size_t ConnectionPool::coldConnections(std::size_t wanted, Deadline /*since*/) {
  State& pool = state_.get();
  const std::lock_guard lock(pool.mutex);
  return wanted - std::min(wanted, pool.running.size());
}

bool ConnectionPool::pause(Deadline until, const StopToken& stop) {
  State& pool = state_.get();
  const StopCallback wake(stop, [&] { pool.wakeAll(); });
  std::unique_lock lock(pool.mutex);
  return !pool.pauseEnded.wait_until(lock, until, [&] { return pool.closing || stop.stopRequested(); });
}

// The warmest connection that is still sound. Others are closed on the way, while the lock is free.
std::unique_ptr<Connection> ConnectionPool::State::takeIdle() {
  for (;;) {
    std::unique_ptr<Connection> candidate;
    {
      const std::lock_guard lock(mutex);
      if (idle.empty()) return nullptr;
      candidate = std::move(idle.back());
      idle.pop_back();
    }
    if (candidate->isReusable()) return candidate;
  }
}

void ConnectionPool::close() {
  State& pool = state_.get();  // in a child its own, even if new: what is only about to run there is to end, too
  const std::lock_guard lock(pool.mutex);
  pool.closing = true;
  for (Connection* connection : pool.running) connection->abort();
  pool.slotFreed.notify_all();
  pool.pauseEnded.notify_all();
}

void ConnectionPool::State::wakeAll() {
  const std::lock_guard lock(mutex);  // else a waiter that has just looked would miss it
  slotFreed.notify_all();
  pauseEnded.notify_all();
}

}  // namespace alpaca::broker::http

#include "http/connection_pool.hpp"

#include "http/chain.hpp"
#include "http/idle_connections.hpp"
#include "http/opening_failure.hpp"
#include "http/stop_callback.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace alpaca::broker::http {
namespace {

// A call that waits between two exchanges.
struct Pause : Chain<Pause>::Link {
  std::condition_variable ended;  // ahead of time, that is
};

}  // namespace

// A slot is the right to use one connection. All slots are taken as long as anyone is in line; then no connection is
// idle either, as there are never more of them than slots.
struct ConnectionPool::State {
  explicit State(std::size_t mostConnections) : slots(mostConnections), idle(mostConnections + 1) {}

  const std::size_t slots;
  std::mutex mutex;
  Chain<Turn> line;   // who waits for a slot, the longest first
  Chain<Turn> inUse;  // who uses a connection, or makes one
  Chain<Pause> pauses;
  IdleConnections idle;
  std::size_t slotsTaken = 0;
  std::size_t connectionsInUse = 0;
  std::size_t establishedInUse = 0;
  bool closing = false;
};

// One call's way through the pool. What other threads may touch, everybody touches under the lock only.
class ConnectionPool::Turn : public Chain<Turn>::Link {
 public:
  Turn(State& pool, const HttpRequest& request, const Limits& limits) noexcept
      : pool_(pool), request_(request), limits_(limits) {}

  ~Turn() {
    if (stage_ == Stage::InUse) finish();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Failure begin();
  Failure connect(const ConnectionSettings& settings);
  Exchange exchange();

  // What was told to the line, or else only what it is.
  [[nodiscard]] Exchange withoutSending(Failure failure) const;

  // For other threads, under the lock.
  void wake() const noexcept { bell_->notify_one(); }
  void abort() noexcept {
    if (held_.connection) held_.connection->abort();
  }
  std::shared_ptr<std::condition_variable> serve(PooledConnection&& connection) noexcept;
  void refuse(const std::shared_ptr<const Exchange>& news) noexcept;

  // For another thread. Wakes this call and no other.
  void stop() {
    const std::lock_guard lock(pool_.mutex);  // else a waiter that has just looked would miss it
    if (stage_ == Stage::InLine) wake();
    if (stage_ == Stage::InUse) abort();
  }

 private:
  enum class Stage { Outside, InLine, InUse };
  using Bell = std::condition_variable;

  // What is left to do without the lock.
  struct Aftermath {
    PooledConnection dropped{};
    std::shared_ptr<Bell> next{};
  };

  Failure waitInLine(std::unique_lock<std::mutex>& lock);
  void enter(PooledConnection&& connection) noexcept;
  bool takeAnother() noexcept;
  void hold(std::unique_ptr<Connection> made) noexcept;
  [[nodiscard]] PooledConnection takeIdle() noexcept;
  void finish() noexcept;
  [[nodiscard]] Aftermath leave() noexcept;
  [[nodiscard]] bool isStopped() const noexcept { return pool_.closing || limits_.stop.stopRequested(); }
  [[nodiscard]] bool needsSlot() const noexcept { return !request_.warmsUnusedSince; }

  State& pool_;
  const HttpRequest& request_;
  const Limits& limits_;
  Stage stage_ = Stage::Outside;
  bool answered_ = false;
  PooledConnection held_;
  Deadline start_{};                      // of the exchange, as far as is known
  std::shared_ptr<Bell> bell_;            // while in line; shared, as who rings it may come late
  std::shared_ptr<const Exchange> news_;  // that no connection can be opened: heard in line, or to be told to it
};

ConnectionPool::ConnectionPool(ConnectionSettings settings, int maxConnections)
    : settings_(std::move(settings)),
      state_([most = static_cast<std::size_t>(maxConnections)] { return std::make_unique<State>(most); }) {
  state_.get().idle.giveBack({std::make_unique<Connection>(settings_)});
}

ConnectionPool::~ConnectionPool() = default;

Exchange ConnectionPool::run(const HttpRequest& request, const Limits& limits) try {
  Turn turn(state_.get(), request, limits);
  const StopCallback onStop(limits.stop, [&turn] { turn.stop(); });
  if (const Failure refusal = turn.begin(); refusal != Failure::None) return turn.withoutSending(refusal);
  if (const Failure refusal = turn.connect(settings_); refusal != Failure::None) return turn.withoutSending(refusal);
  return turn.exchange();
} catch (const ConnectionSetupError& error) {
  Exchange exchange;
  exchange.failure = Failure::SetupFailed;
  exchange.detail = error.what();
  return exchange;
}

std::size_t ConnectionPool::coldConnections(std::size_t wanted, Deadline since) {
  State& pool = state_.get();
  const std::lock_guard lock(pool.mutex);
  return wanted - std::min(wanted, pool.connectionsInUse + pool.idle.usedSince(since));
}

bool ConnectionPool::pause(Deadline until, const StopToken& stop) {
  State& pool = state_.get();
  Pause own;
  const StopCallback onStop(stop, [&] {
    const std::lock_guard lock(pool.mutex);
    own.ended.notify_one();
  });
  std::unique_lock lock(pool.mutex);
  pool.pauses.join(own);
  const bool ended = own.ended.wait_until(lock, until, [&] { return pool.closing || stop.stopRequested(); });
  pool.pauses.leave(own);
  return !ended;
}

void ConnectionPool::close() {
  State& pool = state_.get();  // in a child its own, even if new: what is only about to run there is to end, too
  const std::lock_guard lock(pool.mutex);
  pool.closing = true;
  pool.inUse.forEach([](Turn& turn) { turn.abort(); });
  pool.line.forEach([](const Turn& turn) { turn.wake(); });
  pool.pauses.forEach([](Pause& pause) { pause.ended.notify_one(); });
}

// Takes a slot, and a connection if one is idle: the only lock on the way to a warm connection.
Failure ConnectionPool::Turn::begin() {
  start_ = std::chrono::steady_clock::now();
  std::unique_lock lock(pool_.mutex);
  if (isStopped()) return Failure::Aborted;
  if (needsSlot()) {
    if (pool_.slotsTaken == pool_.slots) return waitInLine(lock);
    ++pool_.slotsTaken;
  }
  enter(takeIdle());
  return Failure::None;
}

Failure ConnectionPool::Turn::waitInLine(std::unique_lock<std::mutex>& lock) {
  bell_ = std::make_shared<Bell>();
  stage_ = Stage::InLine;
  pool_.line.join(*this);
  bell_->wait_until(lock, limits_.deadline, [&] { return stage_ != Stage::InLine || isStopped(); });
  const bool timedOut = stage_ == Stage::InLine;
  if (timedOut) {
    pool_.line.leave(*this);
    stage_ = Stage::Outside;
  }
  if (isStopped()) return Failure::Aborted;
  if (timedOut) return Failure::NoFreeConnection;
  start_ = std::chrono::steady_clock::now();
  return news_ ? news_->failure : Failure::None;
}

// @return what is to be rung when the lock is free: else the thread that wakes up would have to wait for the lock
std::shared_ptr<std::condition_variable> ConnectionPool::Turn::serve(PooledConnection&& connection) noexcept {
  pool_.line.leave(*this);
  enter(std::move(connection));
  return bell_;
}

void ConnectionPool::Turn::refuse(const std::shared_ptr<const Exchange>& news) noexcept {
  pool_.line.leave(*this);
  stage_ = Stage::Outside;
  news_ = news;
  wake();
}

void ConnectionPool::Turn::enter(PooledConnection&& connection) noexcept {
  held_ = std::move(connection);
  stage_ = Stage::InUse;
  pool_.inUse.join(*this);
  ++pool_.connectionsInUse;
  pool_.establishedInUse += held_.established ? 1 : 0;
}

PooledConnection ConnectionPool::Turn::takeIdle() noexcept {
  return request_.warmsUnusedSince ? pool_.idle.takeUnusedSince(*request_.warmsUnusedSince) : pool_.idle.takeLastUsed();
}

// Sees to a connection that is sound: the one it holds, else another idle one, else a new one.
Failure ConnectionPool::Turn::connect(const ConnectionSettings& settings) {
  while (held_.connection && !held_.isUsable(start_)) {
    if (!takeAnother()) return Failure::Aborted;
  }
  if (!held_.connection) {
    hold(std::make_unique<Connection>(settings));
    start_ = std::chrono::steady_clock::now();
  }
  // A request that cannot be answered in time is better not sent.
  return start_ >= limits_.deadline ? Failure::TimedOut : Failure::None;
}

// @return false when the call is stopped: else a stop that hit the connection before would cost one after the other.
bool ConnectionPool::Turn::takeAnother() noexcept {
  PooledConnection unsound;  // closed after the lock
  const std::lock_guard lock(pool_.mutex);
  if (isStopped()) return false;
  unsound = std::exchange(held_, takeIdle());
  pool_.establishedInUse -= unsound.established ? 1 : 0;
  pool_.establishedInUse += held_.established ? 1 : 0;
  return true;
}

void ConnectionPool::Turn::hold(std::unique_ptr<Connection> made) noexcept {
  const std::lock_guard lock(pool_.mutex);
  held_.connection = std::move(made);
  if (isStopped()) abort();  // while it was made there was nothing to abort
}

Exchange ConnectionPool::Turn::exchange() {
  Exchange exchange = held_.connection->run(request_, limits_);
  answered_ = exchange.response.has_value();
  if (answered_) held_.lastUse = start_ + exchange.timings.firstByte;
  if (isOpeningFailure(exchange, {limits_.deadline - start_, limits_.connectTimeout})) {
    news_ = std::make_shared<const Exchange>(exchange);
  }
  return exchange;
}

Exchange ConnectionPool::Turn::withoutSending(Failure failure) const {
  Exchange exchange;
  exchange.failure = failure;
  if (news_ && news_->failure == failure) exchange.detail = news_->detail;
  return exchange;
}

// Gives the slot and the connection to who has waited longest.
void ConnectionPool::Turn::finish() noexcept {
  Aftermath after;  // what is dropped is closed in the end
  {
    const std::lock_guard lock(pool_.mutex);
    after = leave();
  }
  if (after.next) after.next->notify_one();
}

ConnectionPool::Turn::Aftermath ConnectionPool::Turn::leave() noexcept {
  pool_.inUse.leave(*this);
  --pool_.connectionsInUse;
  pool_.establishedInUse -= held_.established ? 1 : 0;
  held_.established = held_.established || answered_;
  Aftermath after;
  if (held_.connection && held_.connection->failed()) after.dropped = std::exchange(held_, {});
  if (news_ && pool_.establishedInUse == 0) {
    while (!pool_.line.empty()) pool_.line.front().refuse(news_);
  }
  if (needsSlot()) {
    if (!pool_.line.empty()) {
      after.next = pool_.line.front().serve(std::move(held_));
    } else {
      --pool_.slotsTaken;
    }
  }
  if (held_.connection) {
    pool_.idle.giveBack(std::move(held_));
    const bool tooMany = pool_.idle.size() + pool_.connectionsInUse > pool_.slots;
    if (tooMany) after.dropped = pool_.idle.takeUnusedSince(Deadline::max());
  }
  return after;
}

}  // namespace alpaca::broker::http

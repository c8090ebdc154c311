#include "http/lease.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace alpaca::broker::http {

bool isOpeningFailure(const Exchange& exchange, const Limits& limits, TimePoint start) noexcept {
  if (exchange.response || exchange.sends > 0) return false;
  switch (exchange.failure) {
    case Failure::NameNotResolved:
    case Failure::ConnectFailed:
    case Failure::ProxyRefused:
    case Failure::ProxyUnavailable:
    case Failure::TlsHandshakeFailed:
    case Failure::TlsNotAcceptable:
      return true;
    case Failure::TimedOut:
      // guard: no call fails with another call's deadline
      return limits.deadline - start >= limits.connectTimeout;
    default:
      return false;
  }
}

// Takes a slot, and an idle connection if there is one. A call on a warm connection takes no other lock.
Failure ConnectionPool::Lease::begin() {
  start_ = std::chrono::steady_clock::now();
  std::unique_lock lock(pool_.mutex);
  if (isStopped()) return Failure::Aborted;
  if (needsSlot()) {
    if (pool_.slotsTaken == pool_.slots) return waitForSlot(lock);
    ++pool_.slotsTaken;
  }
  enter(takeIdle());
  return Failure::None;
}

Failure ConnectionPool::Lease::waitForSlot(std::unique_lock<std::mutex>& lock) {
  wakeUp_ = std::make_shared<WakeUp>();
  stage_ = Stage::Waiting;
  pool_.waiters.join(*this);
  const TimePoint until = limits_.waitUntil.value_or(limits_.deadline);
  wakeUp_->wait_until(lock, until, [&] { return stage_ != Stage::Waiting || isStopped(); });
  endWait();
  const bool timedOut = stage_ == Stage::Waiting;
  if (timedOut) {
    unlink();
    stage_ = Stage::Outside;
  }
  if (isStopped()) return Failure::Aborted;
  if (timedOut) return Failure::NoFreeConnection;
  return openFailure_ ? openFailure_->failure : Failure::None;
}

void ConnectionPool::Lease::endWait() {
  const TimePoint asked = std::exchange(start_, std::chrono::steady_clock::now());
  connectionWait_ = start_ - asked;
  if (!limits_.waitUntil) return;
  postponed_ = limits_;
  // guard: a wait for a connection costs an attempt nothing of its share
  postponed_->deadline = std::min<TimePoint>(limits_.deadline + connectionWait_, *limits_.waitUntil);
}

// Gives this waiting call a slot, and perhaps a connection.
// @return the condition variable to notify after unlocking; otherwise the woken thread would wait for the lock
std::shared_ptr<std::condition_variable> ConnectionPool::Lease::serve(PooledConnection&& connection) noexcept {
  unlink();
  enter(std::move(connection));
  return wakeUp_;
}

void ConnectionPool::Lease::refuse(const std::shared_ptr<const Exchange>& openFailure) noexcept {
  unlink();
  stage_ = Stage::Outside;
  openFailure_ = openFailure;
  wake();
}

void ConnectionPool::Lease::enter(PooledConnection&& connection) noexcept {
  held_ = std::move(connection);
  stage_ = Stage::InUse;
  pool_.inUse.join(*this);
  ++pool_.connectionsInUse;
  pool_.establishedInUse += held_.established ? 1 : 0;
}

PooledConnection ConnectionPool::Lease::takeIdle() noexcept {
  // guard: the longest-idle connection is warmed
  return request_.warmsUnusedSince ? pool_.idle.takeUnusedSince(*request_.warmsUnusedSince) : pool_.idle.takeLastUsed();
}

// Makes sure that the call holds an intact connection: its own, another idle one, or a new one.
Failure ConnectionPool::Lease::connect(const ConnectionSettings& settings) {
  while (held_.connection && !held_.isUsable(start_)) {
    if (!takeAnother()) return Failure::Aborted;
  }
  if (!held_.connection) {
    hold(std::make_unique<Connection>(settings, pool_.tls));
    start_ = std::chrono::steady_clock::now();
  }
  // A request that cannot be answered in time is better not sent.
  // guard: nothing is sent after the deadline
  return start_ >= limits().deadline ? Failure::TimedOut : Failure::None;
}

// Replaces a broken connection by an idle one.
// @return false when the call was stopped; otherwise the stop would break one idle connection after another
bool ConnectionPool::Lease::takeAnother() noexcept {
  PooledConnection unsound;  // closed after unlocking
  const std::lock_guard lock(pool_.mutex);
  if (isStopped()) return false;
  unsound = std::exchange(held_, takeIdle());
  pool_.establishedInUse -= unsound.established ? 1 : 0;
  pool_.establishedInUse += held_.established ? 1 : 0;
  return true;
}

void ConnectionPool::Lease::hold(std::unique_ptr<Connection> made) noexcept {
  const std::lock_guard lock(pool_.mutex);
  held_.connection = std::move(made);
  if (isStopped()) abort();  // a stop during construction had nothing to abort
}

Exchange ConnectionPool::Lease::exchange() {
  Exchange exchange = held_.connection->run(request_, limits());
  exchange.connectionWait = connectionWait_;
  answered_ = exchange.response.has_value();
  if (answered_) held_.lastUse = std::chrono::steady_clock::now();
  if (isOpeningFailure(exchange, limits(), start_)) openFailure_ = std::make_shared<const Exchange>(exchange);
  return exchange;
}

Exchange ConnectionPool::Lease::withoutSending(Failure failure) const {
  const bool isShared = openFailure_ && openFailure_->failure == failure;
  Exchange exchange{std::nullopt, failure, 0, isShared ? openFailure_->detail : std::string()};
  exchange.connectionWait = connectionWait_;
  return exchange;
}

// Returns the connection and the slot. They go directly to the longest-waiting call.
void ConnectionPool::Lease::finish() noexcept {
  Aftermath after;  // the dropped connection is closed at the end
  {
    const std::lock_guard lock(pool_.mutex);
    after = giveBack();
    if (after.dropped.connection) pool_.beginDropping();
    if (pool_.closing) pool_.quiet.notify_all();
  }
  if (after.next) after.next->notify_one();
  if (!after.dropped.connection) return;
  after.dropped = {};
  const std::lock_guard lock(pool_.mutex);
  pool_.endDropping();
}

ConnectionPool::Lease::Aftermath ConnectionPool::Lease::giveBack() noexcept {
  unlink();
  --pool_.connectionsInUse;
  pool_.establishedInUse -= held_.established ? 1 : 0;
  held_.established = held_.established || answered_;
  Aftermath after;
  // guard: a connection is dropped after a failure
  if (held_.connection && held_.connection->failed()) after.dropped = std::exchange(held_, {});
  // guard: waiting calls learn at once that no connection can be opened
  // guard: no waiting call fails with another while an established connection works
  if (openFailure_ && pool_.establishedInUse == 0) {
    while (!pool_.waiters.empty()) pool_.waiters.front().refuse(openFailure_);
  }
  if (needsSlot()) {
    if (!pool_.waiters.empty()) {
      after.next = pool_.waiters.front().serve(std::move(held_));
    } else {
      --pool_.slotsTaken;
    }
  }
  if (held_.connection) {
    pool_.idle.giveBack(std::move(held_));
    const bool tooMany = pool_.idle.size() + pool_.connectionsInUse > pool_.slots;
    // guard: connections beyond the maximum are closed
    if (tooMany) after.dropped = pool_.idle.takeUnusedSince(TimePoint::max());
  }
  return after;
}

}  // namespace alpaca::broker::http

#pragma once

#include "base/intrusive_list.hpp"
#include "http/pool_state.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>

namespace alpaca::broker::http {

/// True when the failure shows that no call can open a connection now, not only this one. Nothing was sent, and opening
/// the connection failed. A time-out counts if the connect time-out has expired. A time-out by the call's own deadline
/// says nothing about the server, and neither does a stop.
bool isOpeningFailure(const Exchange& exchange, const Limits& limits, TimePoint start) noexcept;

/// One call's use of the pool. It waits for a slot if none is free, uses a connection, and returns both. State that
/// other threads touch is accessed only under the lock.
class ConnectionPool::Lease : public base::IntrusiveList<Lease>::Link {
 public:
  Lease(State& pool, const HttpRequest& request, const Limits& limits) noexcept
      : pool_(pool), request_(request), limits_(limits) {}

  ~Lease() {
    if (stage_ == Stage::InUse) finish();
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  // The steps of a call, in this order. `begin` and `connect` return the reason when the call cannot go on.
  Failure begin();
  Failure connect(const ConnectionSettings& settings);
  Exchange exchange();
  [[nodiscard]] Exchange withoutSending(Failure failure) const;

  // For other threads, under the lock.
  void wake() const noexcept { wakeUp_->notify_one(); }
  void abort() const noexcept {
    if (held_.connection) held_.connection->abort();
  }

  // For another thread, without the lock. Stops this call and wakes no other.
  void stop() {
    const std::lock_guard lock(pool_.mutex);  // else a waiter that has just checked would miss the stop
    // guard: a stop ends a wait for a connection
    if (stage_ == Stage::Waiting) wake();
    // guard: a stop reaches a running exchange
    if (stage_ == Stage::InUse) abort();
  }

 private:
  enum class Stage { Outside, Waiting, InUse };
  using WakeUp = std::condition_variable;

  // The work that is left to do after unlocking.
  struct Aftermath {
    PooledConnection dropped{};
    std::shared_ptr<WakeUp> next{};
  };

  std::shared_ptr<WakeUp> serve(PooledConnection&& connection) noexcept;
  void refuse(const std::shared_ptr<const Exchange>& openFailure) noexcept;
  Failure waitForSlot(std::unique_lock<std::mutex>& lock);
  void enter(PooledConnection&& connection) noexcept;
  bool takeAnother() noexcept;
  void hold(std::unique_ptr<Connection> made) noexcept;
  [[nodiscard]] PooledConnection takeIdle() noexcept;
  void finish() noexcept;
  [[nodiscard]] Aftermath giveBack() noexcept;
  [[nodiscard]] const Limits& limits() const noexcept { return postponed_ ? *postponed_ : limits_; }
  void endWait();
  [[nodiscard]] bool isStopped() const noexcept { return pool_.closing || limits_.stop.stopRequested(); }
  // guard: keeping warm takes no slot from a cancel
  [[nodiscard]] bool needsSlot() const noexcept { return !request_.warmsUnusedSince; }

  State& pool_;
  const HttpRequest& request_;
  const Limits& limits_;
  Stage stage_ = Stage::Outside;
  bool answered_ = false;
  PooledConnection held_;
  TimePoint start_{};  // start of the exchange, as far as known
  std::chrono::nanoseconds connectionWait_{0};
  std::optional<Limits> postponed_;  // the limits after a wait
  // Set while the call waits. Shared, as the notifying thread may use it late.
  std::shared_ptr<WakeUp> wakeUp_;
  // Why no connection can be opened: learned while waiting, or to be passed on to the waiters.
  std::shared_ptr<const Exchange> openFailure_;
};

}  // namespace alpaca::broker::http

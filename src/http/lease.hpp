#pragma once

#include "base/intrusive_list.hpp"
#include "http/pool_state.hpp"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

namespace alpaca::broker::http {

/// One call's way through the pool: into line if there is no slot, then in use of a connection, and out by its end.
/// What other threads touch, everybody touches under the lock only.
class ConnectionPool::Lease : public base::IntrusiveList<Lease>::Link {
 public:
  Lease(State& pool, const HttpRequest& request, const Limits& limits) noexcept
      : pool_(pool), request_(request), limits_(limits) {}

  ~Lease() {
    if (stage_ == Stage::InUse) finish();
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  // The steps of a call, in this order. The first two say why there is no next one.
  Failure begin();
  Failure connect(const ConnectionSettings& settings);
  Exchange exchange();
  [[nodiscard]] Exchange withoutSending(Failure failure) const;

  // For other threads, under the lock.
  void wake() const noexcept { wakeUp_->notify_one(); }
  void abort() const noexcept {
    if (held_.connection) held_.connection->abort();
  }

  // For another thread. Wakes this call and no other.
  void stop() {
    const std::lock_guard lock(pool_.mutex);  // else a waiter that has just looked would miss it
    // guard: a stop ends a wait for a connection
    if (stage_ == Stage::Waiting) wake();
    // guard: a stop reaches a running exchange
    if (stage_ == Stage::InUse) abort();
  }

 private:
  enum class Stage { Outside, Waiting, InUse };
  using WakeUp = std::condition_variable;

  // What is left to do without the lock.
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
  [[nodiscard]] bool isStopped() const noexcept { return pool_.closing || limits_.stop.stopRequested(); }
  // guard: keeping warm takes no slot from a cancel
  [[nodiscard]] bool needsSlot() const noexcept { return !request_.warmsUnusedSince; }

  State& pool_;
  const HttpRequest& request_;
  const Limits& limits_;
  Stage stage_ = Stage::Outside;
  bool answered_ = false;
  PooledConnection held_;
  TimePoint start_{};                            // of the exchange, as far as is known
  std::shared_ptr<WakeUp> wakeUp_;               // while in line; shared, as who rings it may come late
  std::shared_ptr<const Exchange> openFailure_;  // that no connection can be opened: heard in line, or to be told to it
};

}  // namespace alpaca::broker::http

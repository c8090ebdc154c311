#pragma once

#include "base/intrusive_list.hpp"
#include "http/exit_registry.hpp"
#include "http/idle_connections.hpp"
#include "http/pool.hpp"
#include "http/tls/shared_tls.hpp"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

namespace alpaca::broker::http {

/// A call that waits between two exchanges.
struct Pause : base::IntrusiveList<Pause>::Link {
  std::condition_variable ended;  // ahead of time, that is
};

/// What all calls in the pool share.
///
/// A slot is the right to use one connection. All slots are taken as long as anyone is in line; then no connection is
/// idle either, as idle ones and those in use are never more than slots. Only what keeps warm takes none.
struct ConnectionPool::State final : EndsAtExit {
  State(const ConnectionSettings& settings, std::size_t mostConnections);
  ~State() override;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void close() noexcept override;
  void release(TimePoint until) noexcept override;

  // Under the lock: from when to when something is closed without it.
  void beginDropping() noexcept { ++dropping; }
  void endDropping() noexcept;

  std::shared_ptr<SharedTls> tls;  // goes when the process exits
  const std::size_t slots;
  std::mutex mutex;
  std::condition_variable quiet;       // nobody uses a connection any more, or closes one
  base::IntrusiveList<Lease> waiters;  // who waits for a slot, the longest first
  base::IntrusiveList<Lease> inUse;    // who uses a connection, or makes one
  base::IntrusiveList<Pause> pauses;
  IdleConnections idle;
  std::size_t slotsTaken = 0;
  std::size_t connectionsInUse = 0;
  std::size_t establishedInUse = 0;
  std::size_t dropping = 0;
  bool closing = false;

 private:
  [[nodiscard]] bool isQuiet() const noexcept { return connectionsInUse == 0 && dropping == 0; }

  const ExitRegistration registration_;
};

}  // namespace alpaca::broker::http

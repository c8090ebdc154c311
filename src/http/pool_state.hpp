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

/// The state that all calls in the pool share.
///
/// A slot is the right to use one connection. While any call waits, all slots are taken. Then no connection is idle
/// either, as idle connections and those in use are never more than slots. Only requests that keep connections warm
/// take no slot.
struct ConnectionPool::State final : EndsAtExit {
  /// Makes the first connection before it registers: from then on, another thread's exit may release everything.
  State(const ConnectionSettings& settings, std::size_t maxConnections);
  ~State() override;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void close() noexcept override;
  void release(TimePoint until) noexcept override;

  // Mark the time in which a connection is closed without the lock. Call both under the lock.
  void beginDropping() noexcept { ++dropping; }
  void endDropping() noexcept;

  std::shared_ptr<SharedTls> tls;  // freed by `release`, at the latest when the process exits
  const std::size_t slots;
  std::mutex mutex;
  std::condition_variable stopped;     // ends waits between two exchanges
  std::condition_variable quiet;       // no call uses a connection any more, or closes one
  base::IntrusiveList<Lease> waiters;  // calls that wait for a slot, the longest-waiting first
  base::IntrusiveList<Lease> inUse;    // calls that use a connection, or make one
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

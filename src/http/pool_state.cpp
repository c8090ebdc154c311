#include "http/pool_state.hpp"

#include "http/lease.hpp"

#include <chrono>
#include <utility>

namespace alpaca::broker::http {
namespace {

IdleConnections startingWith(PooledConnection&& first, std::size_t max) {
  IdleConnections idle(max);
  idle.giveBack(std::move(first));
  return idle;
}

}  // namespace

ConnectionPool::State::State(const ConnectionSettings& settings, std::size_t maxConnections)
    : tls(settings.tlsShared ? makeSharedTls(settings.caFile) : nullptr),
      slots(maxConnections),
      idle(startingWith({std::make_unique<Connection>(settings, tls)}, maxConnections + 1)),
      registration_(*this) {
  if (registration_.isTooLate()) close();
}

// Frees everything while it is still registered. Otherwise the process could exit in the middle of it.
ConnectionPool::State::~State() { release(std::chrono::steady_clock::now()); }

void ConnectionPool::State::close() noexcept {
  const std::lock_guard lock(mutex);
  closing = true;
  // guard: destroying the client aborts running calls
  inUse.forEach([](Lease& lease) { lease.abort(); });
  waiters.forEach([](const Lease& lease) { lease.wake(); });
  stopped.notify_all();
}

// Leaves connections alone that are still in use at `until`, then and later.
void ConnectionPool::State::release(TimePoint until) noexcept {
  std::unique_lock lock(mutex);
  quiet.wait_until(lock, until, [&] { return isQuiet(); });
  IdleConnections unused(0);
  std::swap(unused, idle);
  std::shared_ptr<SharedTls> shared;
  if (isQuiet()) shared = std::move(tls);
  beginDropping();
  lock.unlock();
  unused = IdleConnections(0);
  shared.reset();
  lock.lock();
  endDropping();
}

void ConnectionPool::State::endDropping() noexcept {
  --dropping;
  if (isQuiet()) quiet.notify_all();
}

}  // namespace alpaca::broker::http

#include "http/pool.hpp"

#include "http/lease.hpp"
#include "model/stop_callback.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::http {

ConnectionPool::ConnectionPool(ConnectionSettings settings, int maxConnections)
    : settings_(std::move(settings)),
      state_(std::make_unique<State>(settings_, static_cast<std::size_t>(maxConnections))) {}

ConnectionPool::~ConnectionPool() = default;

Exchange ConnectionPool::run(const HttpRequest& request, const Limits& limits) try {
  // guard: a parent's pool sends nothing in a child
  if (isInherited()) return {std::nullopt, Failure::Aborted};
  Lease lease(*state_, request, limits);
  const StopCallback onStop(limits.stop, [&lease] { lease.stop(); });
  if (const Failure refusal = lease.begin(); refusal != Failure::None) return lease.withoutSending(refusal);
  if (const Failure refusal = lease.connect(settings_); refusal != Failure::None) return lease.withoutSending(refusal);
  return lease.exchange();
} catch (const ConnectionSetupError& error) {
  return {std::nullopt, Failure::SetupFailed, 0, error.what()};
}

std::size_t ConnectionPool::coldConnections(std::size_t wanted, TimePoint since) {
  if (isInherited()) return 0;
  const std::lock_guard lock(state_->mutex);
  return wanted - std::min(wanted, state_->connectionsInUse + state_->idle.usedSince(since));
}

bool ConnectionPool::pause(TimePoint until, const StopToken& stop) {
  // guard: a parent's call waits for nothing in a child
  if (isInherited()) return false;
  State& pool = *state_;
  const StopCallback onStop(stop, [&pool] {
    const std::lock_guard lock(pool.mutex);
    pool.stopped.notify_all();
  });
  std::unique_lock lock(pool.mutex);
  return !pool.stopped.wait_until(lock, until, [&] { return pool.closing || stop.stopRequested(); });
}

void ConnectionPool::close() { state_->close(); }

}  // namespace alpaca::broker::http

#include "http/pool.hpp"

#include "http/lease.hpp"
#include "model/stop_callback.hpp"
#include "platform/process.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::http {

ConnectionPool::ConnectionPool(ConnectionSettings settings, int maxConnections)
    : process_(platform::processId()),
      settings_(std::move(settings)),
      state_(std::make_unique<State>(settings_, static_cast<std::size_t>(maxConnections))) {}

ConnectionPool::~ConnectionPool() = default;

// A call of the parent can continue in a child process that its observer made by fork().
bool ConnectionPool::isInherited() const noexcept { return process_ != platform::processId(); }

Exchange ConnectionPool::run(const HttpRequest& request, const Limits& limits) try {
  // guard: a pool of the parent sends nothing in a child
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
  // guard: a call of the parent waits for nothing in a child
  if (isInherited()) return false;
  State& pool = *state_;
  Pause own;
  const StopCallback onStop(stop, [&] {
    const std::lock_guard lock(pool.mutex);
    own.ended.notify_one();
  });
  std::unique_lock lock(pool.mutex);
  pool.pauses.join(own);
  const bool ended = own.ended.wait_until(lock, until, [&] { return pool.closing || stop.stopRequested(); });
  own.unlink();
  return !ended;
}

void ConnectionPool::close() { state_->close(); }

}  // namespace alpaca::broker::http

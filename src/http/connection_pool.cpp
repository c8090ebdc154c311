#include "http/connection_pool.hpp"

#include "http/pool_turn.hpp"
#include "http/stop_callback.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::http {

ConnectionPool::ConnectionPool(ConnectionSettings settings, int maxConnections)
    : settings_(std::move(settings)), state_([this, most = static_cast<std::size_t>(maxConnections)] {
        return std::make_unique<State>(settings_, most);
      }) {
  State& pool = state_.get();
  pool.idle.giveBack({std::make_unique<Connection>(settings_, pool.tls)});
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
  own.unlink();
  return !ended;
}

void ConnectionPool::close() {
  State& pool = state_.get();  // in a child its own, even if new: what is only about to run there is to end, too
  pool.close();
}

}  // namespace alpaca::broker::http

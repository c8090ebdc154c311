#include "http/idle_connections.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace alpaca::broker::http {
namespace {

// The longest time that a connection stays idle. After it, libcurl would silently open another connection in the same
// handle (CURLOPT_MAXAGE_CONN, by default). Making a new handle keeps one connection per handle.
constexpr std::chrono::seconds kMaxUnused{118};

}  // namespace

bool PooledConnection::isUsable(TimePoint now) const noexcept {
  // guard: a connection that libcurl would replace is not used
  return (!established || now - lastUse < kMaxUnused) && connection->isReusable();
}

std::size_t IdleConnections::usedSince(TimePoint time) const noexcept {
  const auto first = std::lower_bound(byLastUse_.begin(), byLastUse_.end(), time,
                                      [](const PooledConnection& one, TimePoint at) { return one.lastUse < at; });
  return static_cast<std::size_t>(byLastUse_.end() - first);
}

// Inserts by last use, nearly always at the end. A connection comes back out of order only if it was not used, or
// another thread was faster.
void IdleConnections::giveBack(PooledConnection&& connection) noexcept {
  auto place = byLastUse_.end();
  while (place != byLastUse_.begin() && (place - 1)->lastUse > connection.lastUse) --place;
  byLastUse_.insert(place, std::move(connection));
}

PooledConnection IdleConnections::takeLastUsed() noexcept {
  if (byLastUse_.empty()) return {};
  PooledConnection taken = std::move(byLastUse_.back());
  byLastUse_.pop_back();
  return taken;
}

PooledConnection IdleConnections::takeUnusedSince(TimePoint time) noexcept {
  if (byLastUse_.empty() || byLastUse_.front().lastUse >= time) return {};
  PooledConnection taken = std::move(byLastUse_.front());
  byLastUse_.erase(byLastUse_.begin());
  return taken;
}

}  // namespace alpaca::broker::http

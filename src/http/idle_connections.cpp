#include "http/idle_connections.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace alpaca::broker::http {
namespace {

// After this time without a use libcurl does not trust a connection any more and opens another one in the same handle
// (CURLOPT_MAXAGE_CONN, by default). A new handle in the first place keeps one handle one connection.
constexpr std::chrono::seconds kLongestUnused{118};

}  // namespace

bool PooledConnection::isUsable(Deadline now) const noexcept {
  return (!established || now - lastUse < kLongestUnused) && connection->isReusable();
}

std::size_t IdleConnections::usedSince(Deadline time) const noexcept {
  const auto first = std::lower_bound(byLastUse_.begin(), byLastUse_.end(), time,
                                      [](const PooledConnection& one, Deadline at) { return one.lastUse < at; });
  return static_cast<std::size_t>(byLastUse_.end() - first);
}

// Nearly always at the end: only one that was taken and not used, or with a long answer, comes back out of order.
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

PooledConnection IdleConnections::takeUnusedSince(Deadline time) noexcept {
  if (byLastUse_.empty() || byLastUse_.front().lastUse >= time) return {};
  PooledConnection taken = std::move(byLastUse_.front());
  byLastUse_.erase(byLastUse_.begin());
  return taken;
}

}  // namespace alpaca::broker::http

#pragma once

#include "http/connection.hpp"
#include "http/transport.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace alpaca::broker::http {

/// A connection and its history.
struct PooledConnection {
  std::unique_ptr<Connection> connection{};
  TimePoint lastUse = TimePoint::min();
  bool established = false;  ///< it has carried an answer

  /// True when a request can be sent on it. It is intact, and not so old that libcurl would silently open another one.
  [[nodiscard]] bool isUsable(TimePoint now) const noexcept;
};

/// The idle connections, ordered by last use. Not thread-safe.
class IdleConnections {
 public:
  /// @param max up to this number of connections, `giveBack` cannot throw
  explicit IdleConnections(std::size_t max) { byLastUse_.reserve(max); }

  [[nodiscard]] std::size_t size() const noexcept { return byLastUse_.size(); }
  [[nodiscard]] std::size_t usedSince(TimePoint time) const noexcept;

  void giveBack(PooledConnection&& connection) noexcept;

  /// Takes the most recently used connection; empty when none is idle.
  PooledConnection takeLastUsed() noexcept;

  /// Takes the longest-idle connection if its last use was before `time`; else empty.
  PooledConnection takeUnusedSince(TimePoint time) noexcept;

 private:
  std::vector<PooledConnection> byLastUse_;
};

}  // namespace alpaca::broker::http

#pragma once

#include "http/connection.hpp"
#include "http/transport.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace alpaca::broker::http {

/// A connection, and what it has been through so far.
struct PooledConnection {
  std::unique_ptr<Connection> connection{};
  TimePoint lastUse = TimePoint::min();
  bool established = false;  ///< it has carried an answer

  /// Whether a request can go out on it: it is sound, and not so old that libcurl would silently open another one.
  [[nodiscard]] bool isUsable(TimePoint now) const noexcept;
};

/// The connections that nobody uses, in the order of their last use. Not thread-safe.
class IdleConnections {
 public:
  /// Giving one back cannot throw as long as there are no more than this.
  explicit IdleConnections(std::size_t most) { byLastUse_.reserve(most); }

  [[nodiscard]] std::size_t size() const noexcept { return byLastUse_.size(); }
  [[nodiscard]] std::size_t usedSince(TimePoint time) const noexcept;

  void giveBack(PooledConnection&& connection) noexcept;

  /// The one that was used last; none if there is none.
  PooledConnection takeLastUsed() noexcept;

  /// The one that was used longest ago, if that was before this time; else none.
  PooledConnection takeUnusedSince(TimePoint time) noexcept;

 private:
  std::vector<PooledConnection> byLastUse_;
};

}  // namespace alpaca::broker::http

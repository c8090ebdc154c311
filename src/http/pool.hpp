#pragma once

#include "http/connection_settings.hpp"
#include "http/transport.hpp"
#include "platform/process.hpp"

#include <cstddef>
#include <memory>

namespace alpaca::broker::http {

/// Runs each exchange on the most recently used idle connection, and opens a new one only when none is idle.
///
/// A connection is dropped after any failure, and when unexpected bytes wait on it. No lock is held during I/O, nor
/// while a connection is made or closed.
///
/// A call that finds all connections busy waits for one within its deadline, first come, first served. Each call that
/// ends passes its connection on to the longest-waiting call. When a connection cannot be opened, all waiting calls
/// fail at once, unless an established connection is in use (docs/adr/0006).
///
/// In a child made by fork(), the parent's pool sends nothing. Every exchange returns `Failure::Aborted` and takes no
/// lock: a thread that exists only in the parent may hold it for ever. Never destroy the pool there: closing a TLS
/// connection would end it for the parent.
class ConnectionPool : public Transport {
 public:
  /// Prepares the first connection without opening it, so that an unusable setting fails here.
  /// @throws ConnectionSetupError
  ConnectionPool(ConnectionSettings settings, int maxConnections);

  /// No exchange may be running when the pool is destroyed.
  ~ConnectionPool() override;

  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  Exchange run(const HttpRequest& request, const Limits& limits) override;
  std::size_t coldConnections(std::size_t wanted, TimePoint since) override;
  bool pause(TimePoint until, const StopToken& stop) override;
  void close() override;

 private:
  struct State;
  class Lease;

  // A call of the parent can continue in a child that its observer made by fork().
  [[nodiscard]] bool isInherited() const noexcept { return process_ != platform::processId(); }

  const long process_ = platform::processId();
  const ConnectionSettings settings_;
  const std::unique_ptr<State> state_;
};

}  // namespace alpaca::broker::http

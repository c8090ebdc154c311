#pragma once

#include "http/connection_settings.hpp"
#include "http/per_process.hpp"
#include "http/transport.hpp"

#include <cstddef>

namespace alpaca::broker::http {

/// Runs each exchange on the connection that was used last among the free ones, and opens another only when none is
/// free.
///
/// A connection is dropped after any failure, and when something waits on it that nobody asked for. A caller that finds
/// all connections busy waits, within its deadline. No lock is held during I/O.
///
/// In a child made by fork() the pool starts anew and never touches what it inherited: closing a TLS connection there
/// would end it for the parent.
class ConnectionPool : public Transport {
 public:
  /// Prepares the first connection, without opening it, so that an unusable setting shows here.
  /// @throws ConnectionSetupError
  ConnectionPool(ConnectionSettings settings, int maxConnections);

  /// No exchange may be running any more.
  ~ConnectionPool() override;

  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  Exchange run(const HttpRequest& request, const Limits& limits) override;
  std::size_t coldConnections(std::size_t wanted, Deadline since) override;
  bool pause(Deadline until, const StopToken& stop) override;
  void close() override;

 private:
  struct State;
  class Slot;
  class Running;

  const ConnectionSettings settings_;
  PerProcess<State> state_;
};

}  // namespace alpaca::broker::http

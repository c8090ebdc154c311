#pragma once

#include "http/connection_settings.hpp"
#include "http/transport.hpp"

#include <cstddef>
#include <memory>

namespace alpaca::broker::http {

/// Runs each exchange on the connection that was used last among the free ones, and opens another only when none is
/// free.
///
/// A connection is dropped after any failure, and when something waits on it that nobody asked for. A caller that finds
/// all connections busy waits in line, within its deadline: first come, first served, each by the call before it. When
/// a connection cannot be opened, who waits then is told so at once (docs/adr/0006). No lock is held during I/O, nor
/// while a connection is made or closed.
///
/// In a child made by fork() the pool of the parent sends nothing: every exchange ends as `Failure::Aborted`, without a
/// lock, as a thread that exists only in the parent may hold that for ever. Never destroyed there: closing a TLS
/// connection would end it for the parent.
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
  std::size_t coldConnections(std::size_t wanted, TimePoint since) override;
  bool pause(TimePoint until, const StopToken& stop) override;
  void close() override;

 private:
  struct State;
  class Lease;

  [[nodiscard]] bool isInherited() const noexcept;

  const long process_;
  const ConnectionSettings settings_;
  const std::unique_ptr<State> state_;
};

}  // namespace alpaca::broker::http

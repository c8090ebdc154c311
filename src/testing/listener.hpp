#pragma once

#include "platform/socket.hpp"
#include "testing/certificate.hpp"

#include <httplib.h>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>

namespace alpaca::broker::testing {

/// Serves HTTP or HTTPS on a port of 127.0.0.1, from its construction until it is shut down.
class Listener {
 public:
  /// Runs on a thread per connection.
  using Handler = std::function<void(const Listener&, const httplib::Request&, httplib::Response&)>;

  /// @param port the port to listen on; 0: any free one
  /// @param certificate of the server; null: no TLS
  /// @throws std::runtime_error when the port cannot be bound
  Listener(int port, const Certificate* certificate, std::chrono::seconds idleTimeout, const Handler& handler);

  /// Shuts down, and waits for the handlers that still run.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] int port() const noexcept { return port_; }

  /// Closes the port and ends all connections. Does not wait for the handlers.
  void shutDown();

  /// Waits until it is shut down, at most for this long. @return true when it is
  [[nodiscard]] bool isShutDownWithin(std::chrono::milliseconds time) const;

  /// True when it is shut down and no handler runs any more.
  [[nodiscard]] bool hasFinished() const;

  /// Returns the socket that a request came from, as `acceptedSocket` does.
  [[nodiscard]] platform::Socket socketOf(const httplib::Request& request) const;

 private:
  void configure(std::chrono::seconds idleTimeout, const Handler& handler);
  void bind();

  int port_;
  std::promise<void> end_;
  const std::shared_future<void> ended_{end_.get_future()};
  std::once_flag shutDown_;
  std::unique_ptr<httplib::Server> server_;
  platform::Socket socket_ = platform::kNoSocket;
  std::future<bool> serving_;
};

}  // namespace alpaca::broker::testing

#pragma once

#include "credentials/login.hpp"
#include "http/message.hpp"

#include <alpaca/broker/stop.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace alpaca::broker::http {

/// Why an exchange ended without an answer.
enum class Failure {
  None,                ///< it did not: there is an answer
  NoFreeConnection,    ///< all connections stayed busy until the deadline
  NameNotResolved,     ///< DNS, of the server or of the proxy
  ConnectFailed,       ///< refused, unreachable
  ProxyRefused,        ///< the proxy does not open this tunnel
  ProxyUnavailable,    ///< the proxy could not open the tunnel (5xx)
  TlsHandshakeFailed,  ///< TLS broke off
  TlsNotAcceptable,    ///< certificate, host name or protocol version
  TimedOut,            ///< at any stage
  Aborted,             ///< stopped by the caller, or by the end of the client
  ConnectionLost,      ///< reset or closed
  ResendPrevented,     ///< the connection was lost, and libcurl was about to repeat the request by itself
  UnsolicitedAnswer,   ///< what came had been sent before the request arrived, and so answers something else
  UnreadableAnswer,    ///< not HTTP, or never a final status
  SetupFailed,         ///< libcurl or the system could not provide a connection
};

/// How far an exchange had come, and when, counted from its start; 0 for a stage that it did not reach or need.
struct Timings {
  std::chrono::nanoseconds nameLookup{0};
  std::chrono::nanoseconds connect{0};
  std::chrono::nanoseconds tlsHandshake{0};
  std::chrono::nanoseconds firstByte{0};
};

/// What one exchange came to. `sends` is the one number to trust about delivery: libcurl's error codes do not tell "not
/// sent" from "maybe sent".
struct Exchange {
  std::optional<HttpResponse> response{};
  Failure failure = Failure::None;
  int sends = 0;         ///< 1 when the request may have reached the server, 0 when it certainly has not
  std::string detail{};  ///< libcurl's words for the failure
  bool connectionReused = false;
  Timings timings{};  ///< if the settings want them
};

using TimePoint = std::chrono::steady_clock::time_point;

/// What bounds an exchange.
struct Limits {
  TimePoint deadline;                        ///< for all of it, waiting for a free connection included
  std::chrono::milliseconds connectTimeout;  ///< for DNS, TCP and TLS
  StopToken stop{};
  const credentials::Login* login =
      nullptr;  ///< outlives the exchange; none: as on this connection before, at first nobody's
};

/// Sends one request, once, and tells what became of it. Any thread may call it. Throws nothing but std::bad_alloc, and
/// that only when nothing was sent.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Exchange run(const HttpRequest& request, const Limits& limits) = 0;

  /// How many connections are missing to `wanted` ones that are in use or were used since then: as many requests with
  /// `HttpRequest::warmsUnusedSince` make up for it.
  virtual std::size_t coldConnections(std::size_t wanted, TimePoint since) = 0;

  /// Waits between two exchanges. @return false when a stop or close() ended the wait.
  virtual bool pause(TimePoint until, const StopToken& stop) = 0;

  /// Ends what is running or waiting, and every later exchange at once, as `Failure::Aborted`. Does not wait.
  virtual void close() = 0;
};

}  // namespace alpaca::broker::http

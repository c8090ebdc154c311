#pragma once

#include "credentials/credential_set.hpp"
#include "http/message.hpp"

#include <alpaca/broker/stop.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace alpaca::broker::http {

/// Why an exchange ended without an answer.
enum class Failure {
  None,                ///< there is an answer
  NoFreeConnection,    ///< all connections stayed busy until the deadline
  NameNotResolved,     ///< DNS failed, for the server or the proxy
  ConnectFailed,       ///< refused or unreachable
  ProxyRefused,        ///< the proxy refuses to open this tunnel
  ProxyUnavailable,    ///< the proxy could not open the tunnel (5xx)
  TlsHandshakeFailed,  ///< TLS broke off
  TlsNotAcceptable,    ///< certificate, host name or protocol version is not acceptable
  TimedOut,            ///< at any stage
  Aborted,             ///< stopped by the caller, or the client is being destroyed
  ConnectionLost,      ///< reset or closed
  ResendPrevented,     ///< the connection was lost, and libcurl was about to resend the request by itself
  UnsolicitedAnswer,   ///< the answer was sent before the request arrived, so it answers something else
  UnreadableAnswer,    ///< not HTTP, or without a final status
  SetupFailed,         ///< libcurl or the system could not provide a connection
};

/// How far an exchange got, and when. Times count from its start; 0 for a stage that it did not reach or need.
struct Timings {
  std::chrono::nanoseconds nameLookup{0};
  std::chrono::nanoseconds connect{0};
  std::chrono::nanoseconds tlsHandshake{0};
  std::chrono::nanoseconds firstByte{0};
};

/// The outcome of one exchange. Trust only `sends` about delivery: libcurl's error codes do not tell "not sent" from
/// "maybe sent".
struct Exchange {
  std::optional<HttpResponse> response{};
  Failure failure = Failure::None;
  int sends = 0;         ///< 1 when the request may have reached the server, 0 when it certainly has not
  std::string detail{};  ///< libcurl's text for the failure
  bool connectionReused = false;
  Timings timings{};                           ///< if `ConnectionSettings::timings` is set
  std::chrono::nanoseconds connectionWait{0};  ///< the wait for a free connection, before the times above begin
};

using TimePoint = std::chrono::steady_clock::time_point;

/// The limits of an exchange, and the credentials that it sends.
struct Limits {
  TimePoint deadline;                        ///< for the whole exchange, including the wait for a connection
  std::chrono::milliseconds connectTimeout;  ///< for DNS, TCP and TLS
  StopToken stop{};
  /// Must outlive the exchange. Null keeps this connection's credentials, at first none.
  const credentials::CredentialSet* login = nullptr;
  /// If set, a wait for a connection may last until then, and postpones `deadline` up to then: a call keeps its place
  /// among the waiting ones.
  std::optional<TimePoint> waitUntil{};
};

/// Sends one request, once, and returns the outcome. Thread-safe. Throws only std::bad_alloc, and only when nothing was
/// sent.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Exchange run(const HttpRequest& request, const Limits& limits) = 0;

  /// How many connections are missing so that `wanted` ones are in use or were used since `since`. Send this many
  /// requests with `HttpRequest::warmsUnusedSince` to warm them.
  virtual std::size_t coldConnections(std::size_t wanted, TimePoint since) = 0;

  /// Waits between two exchanges. @return false when a stop or `close` ended the wait
  virtual bool pause(TimePoint until, const StopToken& stop) = 0;

  /// Ends every running or waiting call, and every later exchange at once, as `Failure::Aborted`. Does not wait.
  virtual void close() = 0;
};

}  // namespace alpaca::broker::http

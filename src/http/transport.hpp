#pragma once

#include "http/message.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace alpaca::broker::http {

/// Why an exchange ended without an answer.
enum class Failure {
  None,                ///< it did not: there is an answer
  NoFreeConnection,    ///< all connections stayed busy until the deadline
  NameNotResolved,     ///< DNS, of the server or of the proxy
  ConnectFailed,       ///< refused, unreachable
  ProxyRefused,        ///< the proxy did not open the tunnel
  TlsHandshakeFailed,  ///< no TLS could be agreed upon
  PeerNotTrusted,      ///< certificate or host name
  TimedOut,            ///< at any stage
  Aborted,             ///< `Connection::abort`
  ConnectionLost,      ///< reset or closed
  ResendPrevented,     ///< the connection was lost, and libcurl was about to repeat the request by itself
  UnreadableAnswer,    ///< not HTTP, or never a final status
  SetupFailed,         ///< libcurl or the system could not provide a connection
};

/// What one exchange came to. `sends` is the one number to trust about delivery: libcurl's error codes do not tell "not
/// sent" from "maybe sent".
struct Exchange {
  std::optional<HttpResponse> response;
  Failure failure = Failure::None;
  int sends = 0;       ///< 1 when the request may have reached the server, 0 when it certainly has not
  std::string detail;  ///< libcurl's words for the failure
};

using Deadline = std::chrono::steady_clock::time_point;

/// How long an exchange may take.
struct TimeLimits {
  Deadline deadline;                         ///< for all of it, waiting for a free connection included
  std::chrono::milliseconds connectTimeout;  ///< for DNS, TCP and TLS
};

/// Sends one request, once, and tells what became of it. Any thread may call it. Throws nothing but std::bad_alloc.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Exchange run(const HttpRequest& request, const TimeLimits& limits) = 0;

  /// Ends what is running or waiting, and every later exchange at once, as `Failure::Aborted`. Does not wait.
  virtual void close() = 0;
};

}  // namespace alpaca::broker::http

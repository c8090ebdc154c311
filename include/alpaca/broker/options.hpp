#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker {

/// Alpaca's sandbox: same API, no real money, far lower rate limits.
inline constexpr const char* kSandboxUrl = "https://broker-api.sandbox.alpaca.markets";

/// Alpaca's production servers.
inline constexpr const char* kProductionUrl = "https://broker-api.alpaca.markets";

/// Whom to believe that it is the broker. TLS 1.2 or newer, certificate and host name are always checked.
struct TlsOptions {
  /// A PEM file of the certificate authorities to trust *instead of* the system's. Empty: the system's.
  std::string caFile;
};

/// How often a call may be tried.
struct RetryOptions {
  /// At most this many attempts per call, 1 to 100. This version never makes more than one.
  int maxAttempts = 1;
};

/// One more header to send with every request, for instance for a gateway in between.
struct Header {
  std::string name;
  std::string value;
};

/// How a `BrokerClient` behaves; fixed when it is constructed. The defaults suit a trading app.
struct ClientOptions {
  /// The broker's address: `https://host[:port][/prefix]`; plain `http://` only to a loopback host.
  std::string baseUrl = kSandboxUrl;

  /// A call has returned by then, whatever happens: waiting for a connection, DNS, connect, TLS, send and answer
  /// together. 1 ms to 24 h.
  std::chrono::milliseconds deadline{10'000};

  /// The most that a single attempt may take, connecting included. 1 ms to 24 h.
  std::chrono::milliseconds attemptTimeout{5'000};

  /// The most that DNS, TCP and TLS of an attempt may take together. 1 ms to 24 h.
  std::chrono::milliseconds connectTimeout{2'000};

  RetryOptions retry;

  /// How many connections may be open at once, and so how many calls are on the wire at once; more calls wait for a
  /// free one, within their deadline. 1 to 1000. Connections are opened when needed and kept open.
  int maxConnections = 16;

  TlsOptions tls;

  /// `http://`, `socks5://` or `socks5h://[user:password@]host[:port]`. Empty: none; the proxy variables of the
  /// environment are not read.
  std::string proxy;

  /// What your app calls itself, e.g. `"desk/2.1"`; sent in front of the library's own name in `User-Agent`.
  /// Printable ASCII.
  std::string userAgent;

  /// Sent with every request. `Authorization`, `Host` and whatever frames the message cannot be set here.
  std::vector<Header> extraHeaders;
};

/// What one call does differently from its client's options.
struct CallOptions {
  /// Instead of `ClientOptions::deadline`. 1 ms to 24 h.
  std::optional<std::chrono::milliseconds> deadline;
};

}  // namespace alpaca::broker

#pragma once

#include <alpaca/broker/call_event.hpp>
#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/observer.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Alpaca's sandbox: the same API without real money, with far lower rate limits.
inline constexpr const char* kSandboxUrl = "https://broker-api.sandbox.alpaca.markets";

/// Alpaca's production servers.
inline constexpr const char* kProductionUrl = "https://broker-api.alpaca.markets";

/// Which CA certificates to trust. TLS 1.2 or newer is required, and certificate and host name are always verified.
struct TlsOptions {
  /// A PEM file of CA certificates to trust *instead of* the system's. Empty: the system's.
  ///
  /// When the file changes, new connections trust its new contents; open connections stay open. To replace the file,
  /// write a complete new one and rename it over the old one. While the file cannot be read, its last contents stay in
  /// force.
  ///
  /// It must be a regular file of at most 2 MiB. A pipe, a device, a folder or a larger file is `InvalidArgument`.
  std::string caFile{};
};

/// How often, and how soon, a failed call is retried. The client repeats only what does no harm. That is a cancel of
/// one order, a read, or a request that certainly had no effect.
struct RetryOptions {
  /// The most attempts of a call, 1 to 100. With 1, the client does not retry.
  int maxAttempts = 3;

  /// The wait before a retry is random. Its upper bound is `backoffBase` before the first retry and doubles with each
  /// later one, up to `backoffCap`. Both accept 1 ms to 24 h. When the broker sends `Retry-After`, the random wait is
  /// added to it.
  std::chrono::milliseconds backoffBase{50};
  std::chrono::milliseconds backoffCap{1'000};  ///< see `backoffBase`

  /// The number of retries that all calls of the client share. A retry takes one, and ten answers give one back. When
  /// none is left, calls are not retried, so that retries do not make an outage worse. The budget never makes a call
  /// wait. 0 to 1,000,000.
  int budget = 100;
};

/// Keeps idle connections warm, so that a cancel after hours of silence takes one round trip instead of three. Off by
/// default.
///
/// A thread of the client requests the market's clock (`GET /v1/clock`) on idle connections, one after the other. It
/// also opens missing or lost connections. The thread lives as long as the client, and does not exist in a child made
/// by `fork()`. A cancel never waits for it.
///
/// It sends at most `connections` requests in any `interval`, even during an outage. With 16 connections and 30 s, that
/// is 32 a minute. A connection in use gets no such request. The requests count against the correspondent's rate limit,
/// and are skipped when little of it is left. They are not retried, and their failures go only to the observer.
struct KeepWarmOptions {
  /// The number of connections to keep warm, 0 to `ClientOptions::maxConnections`. With 0, it is off.
  int connections = 0;

  /// A kept connection is used at least this often while the broker answers. Set it well below every idle time-out
  /// between here and the broker. Accepted: 1 s to 110 s. The client does not reuse a connection that was idle for 118
  /// s.
  std::chrono::milliseconds interval{30'000};
};

/// Replaces the credentials while the client runs. Off by default: the client keeps those of its constructor.
///
/// ```cpp
/// ClientOptions options;
/// options.rotation.provider = [] { return Credentials{vault.read("key"), vault.read("secret")}; };
/// options.rotation.interval = std::chrono::minutes(5);
/// BrokerClient client{options.rotation.provider(), options};
/// ```
///
/// The client asks the provider when the broker refuses the current credentials (401), and every `interval`. The
/// refused call changed nothing. It now waits for the provider, within its own deadline. If the provider returns newer
/// credentials, the call is sent again with them. That attempt counts towards `RetryOptions::maxAttempts`, but not
/// towards the budget. Otherwise the call ends as `Unauthorized`, and its message says what the provider did.
///
/// Calls that are refused meanwhile wait for the same answer. Other calls do not wait. If the answer does not help, the
/// client asks again after one second at the earliest. A 403 is about permissions, so it never asks the provider.
///
/// After you have replaced a key, `BrokerClient::rotateNow` asks at once.
///
/// Every call uses the newer credentials from its next attempt on. Connections stay open.
///
/// The provider runs on one thread of the client, never twice at once. It may be slow and may take locks. It may call
/// the client. A call that the provider makes never waits for the provider: if it is refused (401), it ends at once.
/// Give the provider a time limit. The destructor waits for it,
/// unless the provider itself destroys the client. Exceptions and unusable credentials change nothing, and no message
/// contains the text of an exception. The provider is not asked in a child made by `fork()`.
struct RotationOptions {
  /// Returns the credentials that are valid now; the same ones, when they have not changed. Empty: off.
  Function<Credentials()> provider{};

  /// The provider is asked again after this time, even without a refusal. So a key can be replaced in time. With an
  /// interval, the provider's thread starts with the client; otherwise with the first refusal or `rotateNow`. 1 s to 24
  /// h; 0: never.
  std::chrono::milliseconds interval{0};
};

/// A header to send with every request, for instance for a gateway.
struct Header {
  std::string name{};   ///< a token, as HTTP defines it
  std::string value{};  ///< without control characters
};

/// Options of a `BrokerClient`, fixed when it is constructed. The defaults suit a trading app.
struct ClientOptions {
  /// The broker's address: `https://host[:port][/prefix]`. Plain `http://` is allowed only to a loopback host. A path
  /// with `/v1` or another version is refused, because the client adds the version itself. Alpaca's hosts for the
  /// Trading API and for market data are refused, too.
  std::string baseUrl = kSandboxUrl;

  /// The longest time that a call may take. It covers all attempts, the waits between them, the wait for a connection,
  /// DNS, connect, TLS, sending and the answer. 1 ms to 24 h.
  std::chrono::milliseconds deadline{10'000};

  /// The longest time that one attempt may take, connecting included. 1 ms to 24 h.
  ///
  /// While another attempt may follow, an attempt gets at most two thirds of the time left. With a deadline of 500 ms,
  /// that is 333 ms. When too little is left for a retry, an attempt may use all of it. By default, that is less
  /// than 300 ms at the first attempt. With `CallOptions::attemptTimeout`, the two thirds do not apply.
  /// Waiting for a free connection does not count.
  std::chrono::milliseconds attemptTimeout{5'000};

  /// The longest time that DNS, TCP and TLS of one attempt may take together. 1 ms to 24 h.
  std::chrono::milliseconds connectTimeout{2'000};

  /// How failed calls are retried.
  RetryOptions retry{};

  /// The most connections at once, and so the most calls on the wire at once. More calls wait for a free connection,
  /// within their deadline. Connections are opened when needed and kept open. A connection that `warmUp` or `keepWarm`
  /// uses does not count. So no call waits for it. 1 to 1000.
  int maxConnections = 16;

  /// The most asynchronous calls that may be queued. When the queue is full, a call is refused. 1 to 1,000,000.
  int asyncQueueCapacity = 10'000;

  /// Keeps connections warm through hours of silence. Off by default.
  KeepWarmOptions keepWarm{};

  /// Replaces the credentials while the client runs. Off by default.
  RotationOptions rotation{};

  /// Which CA certificates to trust.
  TlsOptions tls{};

  /// The proxy: `http://`, `socks5://` or `socks5h://[user:password@]host[:port]`. Empty: none. The environment's proxy
  /// variables are never read.
  std::string proxy{};

  /// Your app's name, for instance `"desk/2.1"`. It is sent in `User-Agent`, before the library's name. Printable
  /// ASCII.
  std::string userAgent{};

  /// Called after every attempt, for your logs, metrics and traces. Empty: none.
  Observer observer{};

  /// Called at the end of every call, with its outcome. Count calls in doubt here. Empty: none.
  CallObserver onCallEnd{};

  /// Headers to send with every request. These are refused: `Accept`, `Authorization`, `Connection`, `Content-Length`,
  /// `Expect`, `Host`, `Proxy-Authorization`, `TE`, `Trailer`, `Transfer-Encoding`, `Upgrade` and `User-Agent`.
  std::vector<Header> extraHeaders{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

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
  /// When the file changes, new connections trust its new contents; open connections stay open. Replace the file by
  /// renaming a complete one. While the file cannot be read, its last contents stay in force.
  ///
  /// It must be a regular file of at most 2 MiB. A pipe, a device, a folder or a larger file is `InvalidArgument`.
  std::string caFile{};
};

/// How often, and how soon, a failed call is retried. The client repeats only what can do no harm: a cancel of one
/// order, a read, or a request that certainly had no effect.
struct RetryOptions {
  /// At most this many attempts per call, 1 to 100. 1: no retries.
  int maxAttempts = 3;

  /// The wait before a retry is random, from 0 to `backoffBase` * 2^n, at most `backoffCap`. 1 ms to 24 h each. The
  /// broker's `Retry-After` takes precedence.
  std::chrono::milliseconds backoffBase{50};
  std::chrono::milliseconds backoffCap{1'000};  ///< see `backoffBase`

  /// The number of retries that all calls of the client share. A retry takes one, and ten answers give one back. When
  /// none is left, calls are not retried, so that retries do not make an outage worse. Never blocks. 0 to 1,000,000.
  int budget = 100;
};

/// Keeps idle connections warm, so that a cancel after hours of silence takes one round trip instead of three. Off by
/// default.
///
/// A thread of the client requests the market's clock (`GET /v1/clock`) on idle connections, one after the other. It
/// also opens missing or lost connections. The thread lives as long as the client, and does not exist in a child made
/// by `fork()`. A cancel never waits for it.
///
/// It sends at most `connections` requests in any `interval`, even during an outage: 32 a minute for 16 connections and
/// 30 s. Connections in use cost nothing. The requests count against the correspondent's rate limit, and are skipped
/// when little of it is left. They are not retried, and their failures go only to the observer.
struct KeepWarmOptions {
  /// The number of connections to keep warm, 0 to `ClientOptions::maxConnections`. 0: off.
  int connections = 0;

  /// The longest time that a kept connection stays unused, while the broker answers. Set it well below every idle
  /// time-out between here and the broker. 1 s to 110 s, because a connection is not reused after 118 s.
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
/// The client asks the provider when the broker refuses the current credentials (401), and every `interval`. A refused
/// call did nothing. It waits for the provider within its own deadline. If the provider returns newer credentials, the
/// call is sent again with them. That attempt counts towards `RetryOptions::maxAttempts`, but not towards the budget.
/// Otherwise the call ends as `Unauthorized`, and its message says what the provider did.
///
/// Calls that are refused meanwhile share one answer; no other call ever waits for it. After an answer that did not
/// help, refusals do not ask again for one second. A 403 is about permissions, so it never asks the provider.
///
/// After you have replaced a key, `BrokerClient::rotateNow` asks at once.
///
/// Newer credentials are used from the next attempt of every call on, over the open connections.
///
/// The provider runs on one thread of the client, never twice at once. It may be slow and may take locks. It may call
/// the client, but such a call does not wait when it is refused. Bound its time, because the client's destructor waits
/// for it, except when the provider itself destroys the client. Exceptions and unusable credentials change nothing, and
/// the text of an exception goes into no message. The provider is not asked in a child made by `fork()`.
struct RotationOptions {
  /// Returns the credentials that are valid now; the same ones, when they have not changed. Empty: off.
  Function<Credentials()> provider{};

  /// The time after which the provider is asked again without a refusal, so that a key is replaced before it is
  /// refused. With an interval, the thread starts with the client; otherwise with the first refusal or `rotateNow`.
  /// 1 s to 24 h; 0: never.
  std::chrono::milliseconds interval{0};
};

/// A header to send with every request, for instance for a gateway.
struct Header {
  std::string name{};   ///< a token, as HTTP defines it
  std::string value{};  ///< without control characters
};

/// Options of a `BrokerClient`, fixed when it is constructed. The defaults suit a trading app.
struct ClientOptions {
  /// The broker's address: `https://host[:port][/prefix]`. Plain `http://` is allowed only to a loopback host.
  std::string baseUrl = kSandboxUrl;

  /// The longest time that a call may take. It covers all attempts, the waits between them, the wait for a connection,
  /// DNS, connect, TLS, sending and the answer. 1 ms to 24 h.
  std::chrono::milliseconds deadline{10'000};

  /// The longest time that one attempt may take, connecting included. 1 ms to 24 h.
  ///
  /// While a retry may follow silence, an attempt gets at most two thirds of the time left. So a call with a deadline
  /// of 500 ms is retried after 333 ms of silence. That does not apply where the last third would be shorter than twice
  /// the longest wait before that retry (300 ms in all at the first attempt, by default), nor with
  /// `CallOptions::attemptTimeout`. A wait for a free connection does not count.
  std::chrono::milliseconds attemptTimeout{5'000};

  /// The longest time that DNS, TCP and TLS of one attempt may take together. 1 ms to 24 h.
  std::chrono::milliseconds connectTimeout{2'000};

  /// How failed calls are retried.
  RetryOptions retry{};

  /// The most connections at once, and so the most calls on the wire at once. More calls wait for a free connection,
  /// within their deadline. Connections are opened when needed and kept open. During a request of `warmUp` or
  /// `keepWarm`, a connection does not count, so that no call waits for it. 1 to 1000.
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

  /// Called at the end of every call, with its outcome. The place to count doubt. Empty: none.
  CallObserver onCallEnd{};

  /// Headers to send with every request. `Authorization`, `Host` and the headers that frame a message are refused.
  std::vector<Header> extraHeaders{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

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

/// Alpaca's sandbox: same API, no real money, far lower rate limits.
inline constexpr const char* kSandboxUrl = "https://broker-api.sandbox.alpaca.markets";

/// Alpaca's production servers.
inline constexpr const char* kProductionUrl = "https://broker-api.alpaca.markets";

/// Whom to believe that it is the broker. TLS 1.2 or newer, certificate and host name are always checked.
struct TlsOptions {
  /// A PEM file of the certificate authorities to trust *instead of* the system's. Empty: the system's.
  ///
  /// When the file changes, every connection opened from then on trusts what it says then; open ones go on. Replace it
  /// by renaming a complete one: as long as it cannot be read, what it said last stays in force.
  /// A regular file of at most 2 MiB; a pipe, a device, a folder or a larger file is refused as `InvalidArgument`.
  std::string caFile{};
};

/// How often, and how soon, a call that did not succeed is tried again. Only what cannot do harm is repeated: a cancel
/// of one order, or a request that was certainly not acted upon.
struct RetryOptions {
  /// At most this many attempts per call, 1 to 100. 1: no retries.
  int maxAttempts = 3;

  /// The wait before another attempt is drawn from 0 to `backoffBase` * 2^n, at most `backoffCap`. 1 ms to 24 h each.
  /// What the broker asks for (`Retry-After`) comes before it.
  std::chrono::milliseconds backoffBase{50};
  std::chrono::milliseconds backoffCap{1'000};  ///< see `backoffBase`

  /// How many retries all calls of the client may make in a row before answers earn new ones, ten answers for a retry.
  /// Keeps an outage from being multiplied; never blocks. 0 to 1,000,000.
  int budget = 100;
};

/// Keeps connections open and warm while nothing else uses them, so that a cancel after hours of silence takes one
/// round trip and not the three of a new connection. Off by default.
///
/// A thread of the client's own asks for the market clock (`GET /v1/clock`) on connections that nothing has used for a
/// while, one after the other, and opens those that are missing or were lost. It begins when the client is constructed
/// and ends with it; it does not exist in a child made by `fork()`. A cancel never waits for it.
///
/// It costs at most `connections` requests in any `interval`, 32 a minute for 16 connections and 30 s, however badly
/// the broker is doing, and none on connections that are in use. They count against the correspondent's rate limit;
/// where that leaves little, they are left out. They are not tried again, and failures have no other effect than that
/// the observer is told.
struct KeepWarmOptions {
  /// How many connections to keep, 0 to `ClientOptions::maxConnections`. 0: off.
  int connections = 0;

  /// No kept connection is left unused for longer than this, as long as the broker answers. To be well below the idle
  /// time-out of whatever stands between here and the broker. 1 s to 110 s: after 118 s unused, none is used again.
  std::chrono::milliseconds interval{30'000};
};

/// Where newer credentials come from, for keys that are replaced while the client runs. Off by default: then those of
/// the constructor are the only ones.
///
/// ```cpp
/// ClientOptions options;
/// options.rotation.provider = [] { return Credentials{vault.read("key"), vault.read("secret")}; };
/// options.rotation.interval = std::chrono::minutes(5);
/// BrokerClient client{options.rotation.provider(), options};
/// ```
///
/// The provider is asked when the broker refuses the credentials in force (401), and every `interval`. A call that was
/// refused, of which therefore nothing was done, waits for its answer within the call's own deadline and, if it has
/// credentials that are newer, is sent again with them: one more attempt within `RetryOptions::maxAttempts`, which
/// costs nothing of the budget. Else it ends as `Unauthorized`, and the message says what became of the provider. All
/// that are refused meanwhile share the one answer; no other call ever waits for it. After an answer that did not help,
/// a refusal does not ask again for a second. A 403 is about rights, not about credentials, and asks nobody.
///
/// Newer credentials count from the next attempt of every call on, on the connections that stand.
///
/// The provider runs on one thread of the client's own, never twice at once: it may take its time, and hold locks. It
/// may call the client, but such a call, when refused, does not wait. Bound its time: the client's destructor waits for
/// it, except on its own thread. What it throws, or gives that is unusable as `Credentials`, changes nothing, and no
/// text of its exception goes into any message. It is not asked in a child made by `fork()`: make a new client there.
struct RotationOptions {
  /// Gives the credentials that are good now; the same ones, if they are. Empty: off.
  Function<Credentials()> provider{};

  /// How long after one answer to ask again unasked, so that a key is replaced before it is refused. The thread starts
  /// with the client then, else with the first refusal. 1 s to 24 h; 0: never.
  std::chrono::milliseconds interval{0};
};

/// One more header to send with every request, for instance for a gateway in between.
struct Header {
  std::string name{};   ///< a token, as HTTP has it
  std::string value{};  ///< without control characters
};

/// How a `BrokerClient` behaves; fixed when it is constructed. The defaults suit a trading app.
struct ClientOptions {
  /// The broker's address: `https://host[:port][/prefix]`; plain `http://` only to a loopback host.
  std::string baseUrl = kSandboxUrl;

  /// A call has returned by then, whatever happens: all attempts and the waits between them, waiting for a connection,
  /// DNS, connect, TLS, send and answer. 1 ms to 24 h.
  std::chrono::milliseconds deadline{10'000};

  /// The most that a single attempt may take, connecting included. 1 ms to 24 h.
  std::chrono::milliseconds attemptTimeout{5'000};

  /// The most that DNS, TCP and TLS of an attempt may take together. 1 ms to 24 h.
  std::chrono::milliseconds connectTimeout{2'000};

  /// When calls are tried again.
  RetryOptions retry{};

  /// How many connections may be open at once, and so how many calls are on the wire at once; more calls wait for a
  /// free one, within their deadline. 1 to 1000. Connections are opened when needed and kept open. One that `warmUp` or
  /// `keepWarm` is on does not count as long as its request takes, so that no call waits for it.
  int maxConnections = 16;

  /// How many asynchronous calls may wait for a thread to run them; one more is refused. 1 to 1,000,000.
  int asyncQueueCapacity = 10'000;

  /// Keeps connections in use through hours of silence. Off by default.
  KeepWarmOptions keepWarm{};

  /// Takes newer credentials while the client runs. Off by default.
  RotationOptions rotation{};

  /// Whom to believe that it is the broker.
  TlsOptions tls{};

  /// `http://`, `socks5://` or `socks5h://[user:password@]host[:port]`. Empty: none; the proxy variables of the
  /// environment are not read.
  std::string proxy{};

  /// What your app calls itself, e.g. `"desk/2.1"`; sent in front of the library's own name in `User-Agent`.
  /// Printable ASCII.
  std::string userAgent{};

  /// Is told about every attempt, for your logs, metrics and traces. Empty: nobody.
  Observer observer{};

  /// Sent with every request. `Authorization`, `Host` and whatever frames the message cannot be set here.
  std::vector<Header> extraHeaders{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

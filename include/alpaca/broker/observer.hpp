#pragma once

#include <alpaca/broker/function.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// One attempt of a call, told when it has ended. The names follow OpenTelemetry's conventions for HTTP clients, so
/// that a bridge is a list of assignments: `httpRequestMethod` is `http.request.method`, and so on.
///
/// No text holds a credential; see `Error` about a request id that repeats one. The texts live as long as the event:
/// copy what you keep.
struct AttemptEvent {
  std::string_view httpRequestMethod{};         ///< `http.request.method`
  std::string_view urlTemplate{};               ///< `url.template`: the path with `{account_id}` for the id
  std::string_view urlPath{};                   ///< `url.path`, ids included
  std::string_view serverAddress{};             ///< `server.address`: the host of the base URL
  int serverPort = 0;                           ///< `server.port`
  int httpRequestResendCount = 0;               ///< `http.request.resend_count`: 0 for the first attempt
  std::optional<int> httpResponseStatusCode{};  ///< `http.response.status_code`
  std::string_view errorType{};                 ///< `error.type`: the status or a word like `timeout`; empty on 2xx
  std::string_view requestId{};                 ///< the broker's `X-Request-ID`, as in `CallInfo`

  int sends = 0;                  ///< 1 when the request may have reached the broker, else 0
  bool connectionReused = false;  ///< false: name look-up, TCP and TLS were part of this attempt
  bool maybeApplied = false;      ///< the broker may have acted on this attempt without saying so

  std::chrono::nanoseconds nameLookup{0};    ///< from the start to the known address
  std::chrono::nanoseconds connect{0};       ///< from the start to the open TCP connection
  std::chrono::nanoseconds tlsHandshake{0};  ///< from the start to the agreed TLS; 0 without TLS
  std::chrono::nanoseconds firstByte{0};     ///< from the start to the first byte of the answer; 0 when none came
  std::chrono::nanoseconds duration{0};      ///< the whole attempt, waiting for a free connection included

  bool willRetry = false;                   ///< another attempt follows
  std::chrono::milliseconds retryDelay{0};  ///< after this wait
  std::string_view decision{};              ///< why another attempt follows or not: `back-off`, `deadline`, ...

  /// What the `context` in the call's options points to, `CallOptions::context` for instance; null without one, and for
  /// `ClientOptions::keepWarm`. Valid as long as the event.
  const void* context = nullptr;
};

/// Is told about every attempt, on the thread that makes the call, before the call goes on (where credentials were
/// refused, and `ClientOptions::rotation` has a provider: when that has answered, or the time is up); about those of
/// `ClientOptions::keepWarm` on the client's own thread, with `/v1/clock` as `urlPath`. What it throws is dropped,
/// and nothing it does changes a result; time that it takes is the caller's. Calls on several threads call it
/// concurrently.
using Observer = Function<void(const AttemptEvent& event)>;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

#pragma once

#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Describes one attempt of a call, after its end. The names follow OpenTelemetry's conventions for HTTP clients:
/// `httpRequestMethod` is `http.request.method`, and so on. So a bridge is a list of assignments.
///
/// No text contains a credential; `Error` describes how they are removed. The texts are valid as long as the event, so
/// copy what you keep.
struct AttemptEvent {
  std::string_view operation{};  ///< the function that makes this request alone: `cancelOrder`, `getClock`, ...
  std::string_view accountId{};  ///< the account that the request is about; empty without one
  std::string_view orderId{};    ///< the order that the request is about; empty without one, or if it is not known yet

  std::string_view httpRequestMethod{};         ///< `http.request.method`
  std::string_view urlTemplate{};               ///< `url.template`: the path with `{account_id}` instead of the id
  std::string_view urlPath{};                   ///< `url.path`, ids included
  std::string_view serverAddress{};             ///< `server.address`: the host of the base URL
  int serverPort = 0;                           ///< `server.port`
  int httpRequestResendCount = 0;               ///< `http.request.resend_count`: 0 for the first attempt
  std::optional<int> httpResponseStatusCode{};  ///< `http.response.status_code`
  std::string_view errorType{};                 ///< `error.type`: the status, or a word like `timeout`; empty on 2xx
  std::string_view requestId{};                 ///< the broker's `X-Request-ID`, as in `CallInfo`
  std::optional<RateLimit> rateLimit{};         ///< from the answer to this attempt, as in `CallInfo`

  int sends = 0;                  ///< 1 when the request may have reached the broker, else 0
  bool connectionReused = false;  ///< false: this attempt included name look-up, TCP and TLS
  bool maybeApplied = false;      ///< the broker may have acted on this attempt without confirming it

  UtcTime startTime{};                         ///< when the attempt began, by the system's clock
  std::chrono::nanoseconds duration{0};        ///< the whole attempt, including the wait for a free connection
  std::chrono::nanoseconds connectionWait{0};  ///< the wait for a free connection, at the beginning

  std::chrono::nanoseconds nameLookup{0};    ///< from the end of that wait until the address was known
  std::chrono::nanoseconds connect{0};       ///< from the same moment until TCP was connected
  std::chrono::nanoseconds tlsHandshake{0};  ///< the same, until TLS was established; 0 without TLS
  std::chrono::nanoseconds firstByte{0};     ///< the same, until the first byte of the answer; 0 when none came

  bool willRetry = false;                   ///< another attempt follows
  std::chrono::milliseconds retryDelay{0};  ///< the wait before that attempt
  std::string_view decision{};              ///< why another attempt follows or not: `back-off`, `deadline`, ...

  /// What `CallOptions::context` of the call points to. Null without one, and for `ClientOptions::keepWarm`. Valid as
  /// long as the event.
  const void* context = nullptr;
};

/// Called after every attempt, on the thread that makes the call, before the call continues. So its time is the
/// caller's time. Several threads may call it concurrently.
///
/// After refused credentials, with a provider in `ClientOptions::rotation`, it is called when the provider has answered
/// or the wait has timed out. For `ClientOptions::keepWarm` it is called on the client's own thread, with `/v1/clock`
/// as `urlPath`. Its exceptions are dropped, and nothing that it does changes a result.
using Observer = Function<void(const AttemptEvent& event)>;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

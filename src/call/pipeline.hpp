#pragma once

#include "call/call_limits.hpp"
#include "call/operation.hpp"
#include "call/rate_limiter.hpp"
#include "call/rate_permit.hpp"
#include "call/retry.hpp"
#include "call/status_table.hpp"
#include "credentials/credential_source.hpp"
#include "credentials/used_credentials.hpp"
#include "http/transport.hpp"
#include "http/url.hpp"
#include "model/options_check.hpp"
#include "platform/process.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/warm_up.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace alpaca::broker::call {

/// The sources of time and randomness; tests replace them.
struct Runtime {
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
  std::function<double()> random;  ///< from 0 to 1
};

/// Runs an operation: retries it under one deadline, and reports exactly what was sent and what may have been applied.
///
/// Thread-safe. A call throws only std::bad_alloc, and only if nothing was sent. Afterwards, a lack of memory becomes a
/// result, so that no send goes unreported.
class CallPipeline {
 public:
  using Clock = std::chrono::steady_clock;

  CallPipeline(std::unique_ptr<http::Transport> transport, const ClientOptions& options, const Credentials& credentials,
               http::BaseUrl server, const std::string& proxyPassword, Runtime runtime = {Clock::now, randomFraction});

  /// Starts the background work. @throws std::system_error when no thread can be started
  void start() { credentialSource_.start(); }

  /// Ends the running calls, and every later call at once. Does not wait for them.
  void close() {
    transport_->close();
    // guard: a call that waits for newer credentials ends with the client
    credentialSource_.close();
  }

  /// Waits for the background work to end. Call it after `close()`.
  void join() { credentialSource_.join(); }

  /// Runs the operation under the caller's options, after checking them. Time counts from `start`, or else from now.
  template <class T>
  Result<T> call(const Operation<T>& operation, const CallOptions& options,
                 std::optional<Clock::time_point> start = std::nullopt) {
    if (std::optional<Error> fault = model::validate(options)) {
      advise(*fault, operation.advice);
      return *std::move(fault);
    }
    const Clock::time_point begin = start.value_or(now());
    return call(operation, limits(options, begin), begin);
  }

  /// The same with limits that need no check.
  template <class T>
  Result<T> call(const Operation<T>& operation, CallLimits limits, Clock::time_point start) {
    if (isInherited()) return errorInChild();
    const RatePermit permit(*this, limits);
    if (auto refusal = permit.refusal()) {
      refusal->call.elapsed = now() - start;
      return *std::move(refusal);
    }
    if (limits.withinClientDeadline) limits.deadline = std::min(limits.deadline, now() + options_.deadline);
    Outcome outcome = send(operation.spec, limits);
    Result<T> result = read(operation, outcome, limits);
    outcome.call.elapsed = now() - start;
    if (result) return {*std::move(result), std::move(outcome.call)};
    result.error().call = std::move(outcome.call);
    return result;
  }

  /// What workflows need to pace their calls.
  [[nodiscard]] Clock::time_point now() const { return runtime_.now(); }
  [[nodiscard]] double random() const { return runtime_.random(); }
  [[nodiscard]] CallLimits limits(const CallOptions& options, Clock::time_point start) const;

  /// How many requests can be in flight at once.
  [[nodiscard]] std::size_t connections() const noexcept { return static_cast<std::size_t>(options_.maxConnections); }

  /// See `http::Transport::coldConnections`.
  std::size_t coldConnections(std::size_t wanted, Clock::time_point since) {
    return transport_->coldConnections(wanted, since);
  }

  /// True in a child that an observer made by fork(): there, a thread of the parent may hold a lock for ever.
  [[nodiscard]] bool isInherited() const noexcept { return process_ != platform::processId(); }

  /// The error of every call in such a child.
  static Error errorInChild();

  /// Waits until then. @return false when a stop or close() ended the wait
  bool pause(Clock::time_point until, const StopToken& stop) { return transport_->pause(until, stop); }

  /// The rate limiter, which learns from the broker's answers.
  RateLimiter& rateLimiter() noexcept { return rateLimiter_; }

  credentials::CredentialSource& credentialSource() noexcept { return credentialSource_; }

 private:
  // True when an answer has the member that the probe names.
  template <class T, class Probe>
  static constexpr bool has(Probe /*probe*/) {
    return std::is_invocable_v<Probe, T&>;
  }

  // A server can echo credentials in a success, too.
  template <class T>
  static void redactAnswer(const credentials::UsedCredentials& credentials, T& answer) {
    if constexpr (has<T>([](auto& page) -> decltype(void(page.orders)) {})) {
      credentials.redact(answer.orders);
    } else if constexpr (std::is_same_v<T, Order> || std::is_same_v<T, CancelAllReport>) {
      credentials.redact(answer);
    } else {
      static_assert(std::is_same_v<T, CancelAccepted> || std::is_same_v<T, MarketClock>,
                    "decide how credentials are removed from this answer");
    }
  }

  struct Outcome {
    credentials::UsedCredentials credentials;
    http::Exchange last;
    std::optional<http::HttpResponse> earlierAnswer;
    std::optional<std::chrono::milliseconds> retryAfter{};  // what the last answer asks for
    std::optional<credentials::RenewalResult> renewal{};    // how the renewal of refused credentials went
    bool maybeApplied = false;                              // an attempt may have been applied without saying so
    CallInfo call;
  };

  template <class T>
  Result<T> read(const Operation<T>& operation, const Outcome& outcome, const CallLimits& limits) const try {
    Result<T> result =
        outcome.last.response ? operation.response(*outcome.last.response) : Result<T>(errorForNoAnswer(outcome.last));
    if (!result) {
      complete(result.error(), outcome, operation.spec, limits);
      advise(result.error(), operation.advice);
      return result;
    }
    // guard: credentials are removed from orders
    redactAnswer(outcome.credentials, *result);
    if (operation.nested.in == nullptr) return result;
    for (Error* const error : operation.nested.in(*result)) {
      error->message = describeAnswer(*error);
      advise(*error, operation.nested.advice);
    }
    return result;
  } catch (const std::bad_alloc&) {
    return errorForNoMemory(outcome, operation.spec);
  }

  static void advise(Error& error, Advice advice) { error.message.append(" ").append(advice(error)); }

  [[nodiscard]] AttemptStart startOf(const Outcome& outcome, const RequestSpec& spec, const CallLimits& limits,
                                     Clock::time_point begin) const;
  Outcome send(const RequestSpec& spec, const CallLimits& limits);
  void attempt(Outcome& outcome, const RequestSpec& spec, const CallLimits& limits);
  static void record(Outcome& outcome, http::Exchange exchange, const RequestSpec& spec) noexcept;
  void learn(Outcome& outcome, Clock::time_point sent);
  RetryDecision decide(Outcome& outcome, const RequestSpec& spec, const CallLimits& limits);
  RetryDecision renew(Outcome& outcome, const CallProgress& progress, const CallLimits& limits);
  static Error errorForNoMemory(const Outcome& outcome, const RequestSpec& spec);
  void complete(Error& error, const Outcome& outcome, const RequestSpec& spec, const CallLimits& limits) const;

  const long process_ = platform::processId();
  const ClientOptions options_;
  const http::BaseUrl server_;
  const Runtime runtime_;
  credentials::CredentialSource credentialSource_;
  RetryBudget budget_;
  RateLimiter rateLimiter_;
  std::unique_ptr<http::Transport> transport_;
};

}  // namespace alpaca::broker::call

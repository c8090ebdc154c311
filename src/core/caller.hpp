#pragma once

#include "core/operation.hpp"
#include "core/redactor.hpp"
#include "core/retry.hpp"
#include "http/transport.hpp"
#include "http/url.hpp"

#include <alpaca/broker/options.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace alpaca::broker::core {

/// Where time and chance come from; tests bring their own.
struct Runtime {
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
  std::function<double()> random;  ///< from 0 to 1
};

/// Chance for production: one generator a thread.
double randomFraction();

/// The one way from an operation to its result: attempts under one deadline, and the truth about what came of them.
/// Thread-safe.
class Caller {
 public:
  using Clock = std::chrono::steady_clock;

  Caller(std::unique_ptr<http::Transport> transport, const ClientOptions& options, const Credentials& credentials,
         http::BaseUrl server, const std::string& proxyPassword, Runtime runtime = {Clock::now, randomFraction});

  /// Ends the calls that are running, and every later one at once. Does not wait for them.
  void close() { transport_->close(); }

  template <class T>
  Result<T> call(const Operation<T>& operation, const CallOptions& options) {
    const Clock::time_point start = runtime_.now();
    Outcome outcome = send(operation.sending, options, start);
    Result<T> result =
        outcome.last.response ? operation.response(*outcome.last.response) : Result<T>(errorWithoutAnswer(outcome));
    if (!result) {
      complete(result.error(), outcome);
      result.error().message.append(" ").append(operation.advice(result.error()));
    }
    outcome.call.elapsed = runtime_.now() - start;
    (result ? result->call : result.error().call) = std::move(outcome.call);
    return result;
  }

 private:
  struct Outcome {
    http::Exchange last;
    std::optional<http::HttpResponse> earlierAnswer;
    std::optional<Error> refused;  // before anything was tried
    bool maybeApplied = false;     // some attempt may have been acted upon, and did not say so
    CallInfo call;
  };

  Outcome send(const Sending& sending, const CallOptions& options, Clock::time_point start);
  void attempt(Outcome& outcome, const Sending& sending, const CallOptions& options, Clock::time_point deadline);
  void absorb(Outcome& outcome, http::Exchange exchange, int success) const;
  RetryDecision decide(const Outcome& outcome, const Sending& sending, const CallOptions& options,
                       Clock::time_point deadline);
  static Error errorWithoutAnswer(const Outcome& outcome);
  void complete(Error& error, const Outcome& outcome) const;

  const std::chrono::milliseconds deadline_;
  const std::chrono::milliseconds attemptTimeout_;
  const std::chrono::milliseconds connectTimeout_;
  const RetryOptions retry_;
  const Observer observer_;
  const http::BaseUrl server_;
  const Redactor redactor_;
  const Runtime runtime_;
  RetryBudget budget_;
  std::unique_ptr<http::Transport> transport_;
};

}  // namespace alpaca::broker::core

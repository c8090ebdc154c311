#pragma once

#include "core/operation.hpp"
#include "core/redactor.hpp"
#include "http/transport.hpp"

#include <alpaca/broker/options.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace alpaca::broker::core {

/// The one way from an operation to its result: holds the deadline, sends, and tells what came of it. Thread-safe.
class Caller {
 public:
  using Clock = std::chrono::steady_clock;

  Caller(std::unique_ptr<http::Transport> transport, const ClientOptions& options, const Credentials& credentials,
         const std::string& proxyPassword);

  /// Ends the calls that are running, and every later one at once. Does not wait for them.
  void close() { transport_->close(); }

  template <class T>
  Result<T> call(const Operation<T>& operation, const CallOptions& options) {
    const Clock::time_point start = Clock::now();
    Outcome outcome = send(operation.request, options, start);
    Result<T> result = outcome.response ? operation.response(*outcome.response) : Result<T>(std::move(outcome.error));
    if (result) {
      result->call = finished(std::move(outcome.call), start);
    } else {
      Error& error = result.error();
      error.message.append(" ").append(operation.advice(error));
      error.call = finished(std::move(outcome.call), start);
      redactor_.redact(error);
    }
    return result;
  }

 private:
  struct Outcome {
    std::optional<http::HttpResponse> response;
    Error error;  // when there is no response
    CallInfo call;
  };

  Outcome send(const http::HttpRequest& request, const CallOptions& options, Clock::time_point start);
  [[nodiscard]] CallInfo finished(CallInfo call, Clock::time_point start) const;

  std::chrono::milliseconds deadline_;
  std::chrono::milliseconds attemptTimeout_;
  std::chrono::milliseconds connectTimeout_;
  Redactor redactor_;
  std::unique_ptr<http::Transport> transport_;
};

}  // namespace alpaca::broker::core

#pragma once

#include "logfmt.hpp"

#include <alpaca/broker.hpp>

#include <spdlog/async.h>
#include <spdlog/spdlog.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

/// A logger that never delays a call: a thread of the pool writes the lines. When the pool's queue is full, the oldest
/// line is dropped. With async_overflow_policy::block, a cancel would wait for the disk. The pool must outlive the
/// logger.
inline std::shared_ptr<spdlog::logger> makeAsyncLogger(std::string name, spdlog::sink_ptr sink,
                                                       const std::shared_ptr<spdlog::details::thread_pool>& pool) {
  auto logger = std::make_shared<spdlog::async_logger>(std::move(name), std::move(sink), pool,
                                                       spdlog::async_overflow_policy::overrun_oldest);
  logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%fZ level=%l thread=%t %v", spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::err);  // flushed by the writing thread, too
  return logger;
}

/// For `ClientOptions::observer`: logs a line for each attempt. Several threads may call it at once, as with any
/// logger.
class SpdlogObserver {
 public:
  explicit SpdlogObserver(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

  void operator()(const alpaca::broker::AttemptEvent& event) const {
    const spdlog::level::level_enum level = levelOf(event);
    if (!logger_->should_log(level)) return;
    Logfmt line("attempt");
    line.add("operation", event.operation);
    line.add("http.request.method", event.httpRequestMethod).add("url.path", event.urlPath);
    line.add("server.address", event.serverAddress).add("server.port", event.serverPort);
    line.add("http.request.resend_count", event.httpRequestResendCount);
    if (event.httpResponseStatusCode) line.add("http.response.status_code", *event.httpResponseStatusCode);
    if (!event.errorType.empty()) line.add("error.type", event.errorType);
    line.add("sends", event.sends).add("maybe_applied", event.maybeApplied).add("reused", event.connectionReused);
    line.add("duration_us", std::chrono::duration_cast<std::chrono::microseconds>(event.duration).count());
    line.add("decision", event.decision);
    if (event.willRetry) line.add("retry_in_ms", event.retryDelay.count());
    line.add("request_id", event.requestId);
    logger_->log(level, line.text());  // copies the text, because the event ends when this returns
  }

 private:
  static spdlog::level::level_enum levelOf(const alpaca::broker::AttemptEvent& event) noexcept {
    if (event.errorType.empty()) return spdlog::level::debug;
    const bool tooLate = event.httpResponseStatusCode == 422;  // nothing went wrong
    if (event.willRetry || tooLate) return spdlog::level::warn;
    return event.maybeApplied ? spdlog::level::critical : spdlog::level::err;
  }

  std::shared_ptr<spdlog::logger> logger_;
};

/// The level for a cancel's outcome: critical only when somebody must look at the order.
inline spdlog::level::level_enum levelOf(const alpaca::broker::Result<alpaca::broker::CancelAccepted>& result) {
  if (result) return spdlog::level::info;
  if (result.error().maybeApplied) return spdlog::level::critical;
  const bool tooLate = result.error().kind == alpaca::broker::ErrorKind::NotCancelable;
  return tooLate ? spdlog::level::warn : spdlog::level::err;
}

/// Logs a line for a cancel's outcome, over all its attempts.
inline void logOutcome(spdlog::logger& logger, const alpaca::broker::AccountId& account,
                       const alpaca::broker::OrderId& order,
                       const alpaca::broker::Result<alpaca::broker::CancelAccepted>& result) {
  const alpaca::broker::CallInfo& call = result ? result.call() : result.error().call;
  Logfmt line("cancel");
  line.add("account_id", account.str()).add("order_id", order.str());
  line.add("outcome", result ? std::string_view("accepted") : toString(result.error().kind));
  line.add("maybe_applied", !result && result.error().maybeApplied);
  line.add("attempts", call.attempts).add("sends", call.sends).add("request_id", call.requestId);
  if (!result) line.add("message", result.error().message);
  logger.log(levelOf(result), line.text());
}

#include "core/caller.hpp"

#include "core/attempt_event.hpp"
#include "core/options_check.hpp"
#include "core/response_facts.hpp"
#include "core/status_table.hpp"

#include <algorithm>
#include <random>
#include <string>

namespace alpaca::broker::core {

double randomFraction() {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(generator);
}

Caller::Caller(std::unique_ptr<http::Transport> transport, const ClientOptions& options, const Credentials& credentials,
               http::BaseUrl server, const std::string& proxyPassword, Runtime runtime)
    : deadline_(options.deadline),
      attemptTimeout_(options.attemptTimeout),
      connectTimeout_(options.connectTimeout),
      retry_(options.retry),
      observer_(options.observer),
      server_(std::move(server)),
      redactor_(credentials, proxyPassword),
      runtime_(std::move(runtime)),
      budget_(options.retry.budget),
      transport_(std::move(transport)) {}

Caller::Outcome Caller::send(const Sending& sending, const CallOptions& options, Clock::time_point start) {
  Outcome outcome;
  outcome.refused = faultIn(options);
  if (outcome.refused) return outcome;
  attempt(outcome, sending, options, start + options.deadline.value_or(deadline_));
  // "Not sent" would be untrue of a call of which an earlier attempt was answered: that answer is the call's, then.
  const bool lastWasSent = outcome.last.response || outcome.last.sends > 0;
  if (!lastWasSent && !outcome.maybeApplied) outcome.last.response = std::move(outcome.earlierAnswer);
  return outcome;
}

void Caller::attempt(Outcome& outcome, const Sending& sending, const CallOptions& options, Clock::time_point deadline) {
  for (;;) {
    const Clock::time_point begin = runtime_.now();
    const http::Limits limits{std::min(begin + attemptTimeout_, deadline), connectTimeout_, options.stop};
    absorb(outcome, transport_->run(sending.request, limits), sending.success);
    const RetryDecision decision = decide(outcome, sending, options, deadline);
    if (observer_) {
      notify(observer_, AttemptReport{sending, server_, outcome.last, outcome.call, decision, runtime_.now() - begin});
    }
    if (!decision.again) return;
    if (outcome.last.response) outcome.earlierAnswer = std::move(outcome.last.response);
    if (!transport_->pause(runtime_.now() + decision.wait, options.stop)) {
      outcome.last = {};
      outcome.last.failure = http::Failure::Aborted;
      return;
    }
  }
}

void Caller::absorb(Outcome& outcome, http::Exchange exchange, int success) const {
  outcome.call.attempts += 1;
  outcome.call.sends += exchange.sends;
  if (exchange.response) {
    outcome.call.requestId = requestId(*exchange.response);
    outcome.call.rateLimit = rateLimit(*exchange.response);
    redactor_.redact(outcome.call.requestId);
  }
  outcome.maybeApplied = outcome.maybeApplied || leavesDoubt(exchange, success);
  outcome.last = std::move(exchange);
  redactor_.redact(outcome.last.detail);
}

RetryDecision Caller::decide(const Outcome& outcome, const Sending& sending, const CallOptions& options,
                             Clock::time_point deadline) {
  const http::Exchange& last = outcome.last;
  AttemptEnd end{0, last.failure, last.sends, std::nullopt};
  if (last.response) {
    end.status = last.response->status;
    if (end.status >= 400) end.retryAfter = retryAfter(*last.response);
    if (end.status < 500) budget_.putBack();
  }
  const CallProgress progress{outcome.call.attempts, options.maxAttempts.value_or(retry_.maxAttempts),
                              std::chrono::duration_cast<std::chrono::milliseconds>(deadline - runtime_.now())};
  const RetryDecision decision = decideRetry(end, progress, sending.idempotency, retry_, runtime_.random());
  if (decision.again && !budget_.take()) return {false, std::chrono::milliseconds(0), "retry budget empty"};
  return decision;
}

Error Caller::errorWithoutAnswer(const Outcome& outcome) {
  return outcome.refused ? *outcome.refused : errorForNoAnswer(outcome.last);
}

// Makes the last attempt's error the whole call's: doubt that an earlier attempt has left stays.
void Caller::complete(Error& error, const Outcome& outcome) const {
  redactor_.redact(error);
  if (error.httpStatus) error.message = describeAnswer(error);
  const CallInfo& call = outcome.call;
  if (call.attempts > 1) {
    error.message += " That was after " + std::to_string(call.attempts) + " attempts, of which " +
                     std::to_string(call.sends) + (call.sends == 1 ? " was sent." : " were sent.");
  }
  if (!outcome.maybeApplied) return;
  error.maybeApplied = true;
  if (error.kind == ErrorKind::NotSent || error.kind == ErrorKind::Aborted) error.kind = ErrorKind::InDoubt;
}

}  // namespace alpaca::broker::core

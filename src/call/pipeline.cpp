#include "call/pipeline.hpp"

#include "call/attempt_event.hpp"
#include "call/http_status.hpp"
#include "call/response_headers.hpp"
#include "model/out_of_memory.hpp"

#include <algorithm>
#include <random>
#include <string>

namespace alpaca::broker::call {
namespace {

constexpr int kUnauthorized = 401;

// What is read is worth nothing without its end; what was done is done, whatever became of the body.
bool isCutOff(const http::Exchange& exchange, const Sending& sending) noexcept {
  return sending.idempotency == Idempotency::ReadOnly && exchange.response->status == sending.success &&
         !exchange.response->complete;
}

}  // namespace

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
      connections_(static_cast<std::size_t>(options.maxConnections)),
      observer_(options.observer),
      server_(std::move(server)),
      runtime_(std::move(runtime)),
      rotation_(credentials, options.rotation, proxyPassword, runtime_.now),
      budget_(options.retry.budget),
      transport_(std::move(transport)) {}

CallLimits Caller::limits(const CallOptions& options, Clock::time_point start) const {
  return {start + options.deadline.value_or(deadline_), options.maxAttempts, options.stop, options.context.get()};
}

Caller::Outcome Caller::send(const Sending& sending, const CallLimits& limits) {
  Outcome outcome;
  try {
    attempt(outcome, sending, limits);
  } catch (const std::bad_alloc&) {
    if (outcome.call.sends == 0) throw;
    // What has been sent so far must be told: it ends with the answer that is there, or as if there were no connection.
    if (!outcome.last.response && outcome.last.sends == 0) outcome.last.failure = http::Failure::SetupFailed;
  }
  // "Not sent" would be untrue of a call of which an earlier attempt was answered: that answer is the call's, then.
  const bool lastWasSent = outcome.last.response || outcome.last.sends > 0;
  if (!lastWasSent && !outcome.maybeApplied) outcome.last.response = std::move(outcome.earlierAnswer);
  if (outcome.last.response) outcome.last.response->readBy = limits.deadline;
  return outcome;
}

void Caller::attempt(Outcome& outcome, const Sending& sending, const CallLimits& limits) {
  for (;;) {
    const Clock::time_point begin = now();
    const Clock::time_point end = std::min(begin + attemptTimeout_, limits.deadline);
    outcome.credentials.add(rotation_.current());
    absorb(outcome,
           transport_->run(sending.request, {end, connectTimeout_, limits.stop, &outcome.credentials.last().login()}),
           sending);
    learn(outcome, begin);
    const auto duration = observer_ ? now() - begin : Clock::duration::zero();
    const RetryDecision decision = decide(outcome, sending, limits);
    if (observer_) {
      notify(observer_, {sending, server_, outcome.last, outcome.call, decision, duration, limits.context});
    }
    if (!decision.again) return;
    if (outcome.last.response) outcome.earlierAnswer = std::move(outcome.last.response);
    outcome.last = {};  // what comes of the next attempt
    outcome.last.failure = http::Failure::Aborted;
    if (!pause(now() + decision.wait, limits.stop)) return;
  }
}

// What the exchange means, first of all, and without taking memory: it must not get lost.
void Caller::absorb(Outcome& outcome, http::Exchange exchange, const Sending& sending) noexcept {
  outcome.call.attempts += 1;
  outcome.call.sends += exchange.sends;
  outcome.maybeApplied = outcome.maybeApplied || leavesDoubt(exchange, sending);
  outcome.last = std::move(exchange);
}

// What else there is to learn from it. The request id is redacted before it is cut: a piece of a secret is not found.
void Caller::learn(Outcome& outcome, Clock::time_point sent) {
  if (!outcome.last.detail.empty()) outcome.credentials.redact(outcome.last.detail);
  if (!outcome.last.response) return;
  const int status = outcome.last.response->status;
  ResponseFacts facts = factsOf(*outcome.last.response);
  outcome.credentials.redact(facts.requestId);
  makePrintable(facts.requestId);
  outcome.call.requestId = std::move(facts.requestId);
  outcome.call.rateLimit = facts.rateLimit;
  outcome.retryAfter = facts.retryAfter;
  if (outcome.call.rateLimit) pacer_.learn(*outcome.call.rateLimit, sent, now());
  if (status == kTooManyRequests && outcome.retryAfter) pacer_.hold(now() + *outcome.retryAfter, sent, now());
  if (status != kTooManyRequests && status < 500) pacer_.answered(sent);
}

RetryDecision Caller::decide(Outcome& outcome, const Sending& sending, const CallLimits& limits) {
  const http::Exchange& last = outcome.last;
  AttemptEnd end{0, last.failure, last.sends, std::nullopt};
  if (last.response) {
    end.status = last.response->status;
    if (end.status >= 400) end.retryAfter = outcome.retryAfter;
    if (end.status < 500) budget_.putBack();
    if (isCutOff(last, sending)) end = {0, http::Failure::ConnectionLost, last.sends, std::nullopt};
  }
  const CallProgress progress{outcome.call.attempts, limits.maxAttempts.value_or(retry_.maxAttempts),
                              std::chrono::duration_cast<std::chrono::milliseconds>(limits.deadline - now())};
  if (end.status == kUnauthorized && rotation_.isOn()) return renew(outcome, progress, limits);
  const RetryDecision decision = decideRetry(end, progress, sending.idempotency, retry_, random());
  if (decision.again && !budget_.take()) return {false, std::chrono::milliseconds(0), "retry budget empty"};
  return decision;
}

// Refused credentials are no outage: going again with newer ones costs nothing of the budget. Whoever has no attempt
// left still lets the provider know, for those who come next.
RetryDecision Caller::renew(Outcome& outcome, const CallProgress& progress, const CallLimits& limits) {
  const bool mayGoAgain = progress.attempts < progress.maxAttempts;
  const auto time = mayGoAgain ? progress.timeLeft : std::chrono::milliseconds(0);
  const credentials::Renewal renewal = rotation_.renew(outcome.credentials.last(), time, limits.stop);
  if (!mayGoAgain) return {false, std::chrono::milliseconds(0), "attempts used up"};
  outcome.renewal = renewal;
  const bool inTime = now() < limits.deadline;
  if (renewal == credentials::Renewal::Newer && !inTime) return {false, std::chrono::milliseconds(0), "deadline"};
  return {renewal == credentials::Renewal::Newer, std::chrono::milliseconds(0), credentials::reasonOf(renewal)};
}

// An answer that could not be read before the deadline, when it might have been good with more time.
bool Caller::isLate(const Outcome& outcome, const Sending& sending, const CallLimits& limits) const {
  return outcome.last.response && outcome.last.response->status == sending.success && now() >= limits.deadline;
}

Error Caller::errorForLateReading() {
  http::Exchange late;
  late.failure = http::Failure::TimedOut;
  late.sends = 1;
  return errorForNoAnswer(late);
}

// Takes no memory. Whatever the answer was, it cannot be told.
Error Caller::errorForNoMemory(const Outcome& outcome, const Sending& sending) {
  if (outcome.call.sends == 0) throw std::bad_alloc();
  Error error = model::outOfMemory();
  error.kind = ErrorKind::InDoubt;
  error.maybeApplied = sending.idempotency != Idempotency::ReadOnly;
  return error;
}

// Makes the last attempt's error the whole call's: doubt that an earlier attempt has left stays.
void Caller::complete(Error& error, const Outcome& outcome, const Sending& sending) {
  outcome.credentials.redact(error);
  if (error.httpStatus) {
    error.retryAfter = outcome.retryAfter;
    error.message = describeAnswer(error);
  }
  if (error.kind == ErrorKind::Unauthorized && outcome.renewal)
    error.message += credentials::explanationOf(*outcome.renewal);
  const CallInfo& call = outcome.call;
  if (call.attempts > 1) {
    error.message += " That was after " + std::to_string(call.attempts) + " attempts, of which " +
                     std::to_string(call.sends) + (call.sends == 1 ? " was sent." : " were sent.");
  }
  error.maybeApplied = sending.idempotency != Idempotency::ReadOnly && (error.maybeApplied || outcome.maybeApplied);
  const bool saysNotSent = error.kind == ErrorKind::NotSent || error.kind == ErrorKind::Aborted;
  if (error.maybeApplied && saysNotSent) error.kind = ErrorKind::InDoubt;
}

}  // namespace alpaca::broker::call

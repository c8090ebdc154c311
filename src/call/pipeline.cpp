#include "call/pipeline.hpp"

#include "call/attempt_event.hpp"
#include "call/response_headers.hpp"
#include "model/out_of_memory.hpp"
#include "model/unsent.hpp"

#include <algorithm>
#include <string>

namespace alpaca::broker::call {
namespace {

constexpr int kUnauthorized = 401;

// True for a read whose answer was cut off. A cancel's answer counts even if its body was cut off.
bool isCutOff(const http::Exchange& exchange, const RequestSpec& spec) noexcept {
  return spec.idempotency == Idempotency::ReadOnly && exchange.response->status == spec.success &&
         !exchange.response->complete;
}

}  // namespace

CallPipeline::CallPipeline(std::unique_ptr<http::Transport> transport, const ClientOptions& options,
                           const Credentials& credentials, http::BaseUrl server, const std::string& proxyPassword,
                           Runtime runtime)
    : options_(options),
      server_(std::move(server)),
      runtime_(std::move(runtime)),
      credentialSource_(credentials, options.rotation, proxyPassword, runtime_.now),
      budget_(options.retry.budget),
      transport_(std::move(transport)) {}

CallLimits CallPipeline::limits(const CallOptions& options, Clock::time_point start) const {
  return limitsUntil(start + options.deadline.value_or(options_.deadline), options);
}

CallPipeline::Outcome CallPipeline::send(const RequestSpec& spec, const CallLimits& limits) {
  Outcome outcome;
  try {
    attempt(outcome, spec, limits);
  } catch (const std::bad_alloc&) {
    // guard: sends are reported when memory runs out
    if (outcome.call.sends == 0) throw;
    // Earlier sends must be reported. The call ends with the answer at hand, or as if no connection could be used.
    if (!outcome.last.response && outcome.last.sends == 0) outcome.last.failure = http::Failure::SetupFailed;
  }
  // The call must not say "not sent" when an earlier attempt was answered: it ends with that answer instead.
  const bool lastWasSent = outcome.last.response || outcome.last.sends > 0;
  // guard: a call that was answered once is not called unsent
  if (!lastWasSent && !outcome.maybeApplied) outcome.last.response = std::move(outcome.earlierAnswer);
  if (outcome.last.response) outcome.last.response->readBy = limits.deadline;
  return outcome;
}

void CallPipeline::attempt(Outcome& outcome, const RequestSpec& spec, const CallLimits& limits) {
  for (;;) {
    const UtcTime startTime = options_.observer ? UtcTime(std::chrono::system_clock::now()) : UtcTime();
    const Clock::time_point begin = now();
    const auto time = timeForAttempt(startOf(outcome, spec, limits, begin), limits.attemptTimeout, options_);
    outcome.credentials.add(credentialSource_.current());
    record(outcome,
           transport_->run(spec.request, {begin + time, options_.connectTimeout, limits.stop,
                                          &outcome.credentials.last(), limits.deadline}),
           spec);
    learn(outcome, begin);
    const auto duration = options_.observer ? now() - begin : Clock::duration::zero();
    const RetryDecision decision = decide(outcome, spec, limits);
    if (options_.observer) {
      notify(options_.observer,
             {spec, server_, outcome.last, outcome.call, decision, startTime, duration, limits.context});
    }
    if (!decision.again) return;
    if (outcome.last.response) outcome.earlierAnswer = std::move(outcome.last.response);
    outcome.last = {};  // in case a stop prevents the next attempt
    outcome.last.failure = http::Failure::Aborted;
    if (!pause(now() + decision.wait, limits.stop)) return;
  }
}

AttemptStart CallPipeline::startOf(const Outcome& outcome, const RequestSpec& spec, const CallLimits& limits,
                                   Clock::time_point begin) const {
  const int attempts = outcome.call.attempts;
  const int maxAttempts = limits.maxAttempts.value_or(options_.retry.maxAttempts);
  const bool mayRetry = spec.idempotency != Idempotency::Once && attempts + 1 < maxAttempts;
  return {limits.deadline - begin, attempts, mayRetry && !budget_.isEmpty()};
}

// Records the exchange before anything else, without allocating memory: it must not get lost.
void CallPipeline::record(Outcome& outcome, http::Exchange exchange, const RequestSpec& spec) noexcept {
  outcome.call.attempts += 1;
  outcome.call.sends += exchange.sends;
  // guard: doubt is sticky
  outcome.maybeApplied = outcome.maybeApplied || leavesDoubt(exchange, spec);
  outcome.last = std::move(exchange);
}

// Reads what else the answer says. Redacts the request id before cutting it: redaction would miss a cut secret.
void CallPipeline::learn(Outcome& outcome, Clock::time_point sent) {
  if (!outcome.last.detail.empty()) outcome.credentials.redact(outcome.last.detail);
  if (!outcome.last.response) return;
  const int status = outcome.last.response->status;
  outcome.retryAfter.reset();
  ResponseHeaders headers = readHeaders(*outcome.last.response);
  // guard: a request id is redacted before it is cut
  outcome.credentials.redact(headers.requestId);
  makePrintable(headers.requestId);
  outcome.call.requestId = std::move(headers.requestId);
  outcome.call.rateLimit = headers.rateLimit;
  outcome.retryAfter = headers.retryAfter;
  if (outcome.call.rateLimit) rateLimiter_.learn(*outcome.call.rateLimit, sent, now());
  if (status == kTooManyRequests && outcome.retryAfter)
    rateLimiter_.pauseUntil(now() + *outcome.retryAfter, sent, now());
  if (status != kTooManyRequests && status < 500) rateLimiter_.answered(sent);
}

RetryDecision CallPipeline::decide(Outcome& outcome, const RequestSpec& spec, const CallLimits& limits) {
  const http::Exchange& last = outcome.last;
  AttemptEnd end{0, last.failure, last.sends, std::nullopt};
  if (last.response) {
    end.status = last.response->status;
    if (end.status >= 400) end.retryAfter = outcome.retryAfter;
    if (end.status < 500) budget_.putBack();
    // guard: a read that was cut off is read again
    if (isCutOff(last, spec)) end = {0, http::Failure::ConnectionLost, last.sends, std::nullopt};
  }
  const CallProgress progress{outcome.call.attempts, limits.maxAttempts.value_or(options_.retry.maxAttempts),
                              std::chrono::duration_cast<std::chrono::milliseconds>(limits.deadline - now())};
  // guard: refused credentials are no outage
  if (end.status == kUnauthorized && credentialSource_.isOn()) return renew(outcome, progress, limits);
  const RetryDecision decision = decideRetry(end, progress, spec.idempotency, options_.retry, random());
  // guard: the retry budget
  if (decision.again && !budget_.take()) return {false, std::chrono::milliseconds(0), "retry budget empty"};
  return decision;
}

// Asks for newer credentials after a 401. A retry with those takes nothing from the retry budget, because a refusal is
// no outage. A call without attempts left still informs the provider, for the sake of later calls.
RetryDecision CallPipeline::renew(Outcome& outcome, const CallProgress& progress, const CallLimits& limits) {
  const bool mayGoAgain = progress.attempts < progress.maxAttempts;
  const auto time = mayGoAgain ? progress.timeLeft : std::chrono::milliseconds(0);
  const credentials::RenewalResult renewal = credentialSource_.renew(outcome.credentials.last(), time, limits.stop);
  if (!mayGoAgain) return {false, std::chrono::milliseconds(0), "attempts used up"};
  outcome.renewal = renewal;
  const bool inTime = now() < limits.deadline;
  if (renewal == credentials::RenewalResult::Newer && !inTime) return {false, std::chrono::milliseconds(0), "deadline"};
  return {renewal == credentials::RenewalResult::Newer, std::chrono::milliseconds(0),
          credentials::textOf(renewal).reason};
}

Error CallPipeline::errorInChild() {
  return {ErrorKind::Aborted,
          "This BrokerClient belongs to the parent process: nothing was sent from the child process. Make a new client "
          "there."};
}

// Allocates no memory. The answer is lost.
Error CallPipeline::errorForNoMemory(const Outcome& outcome, const RequestSpec& spec) {
  if (outcome.call.sends == 0) throw std::bad_alloc();
  Error error = model::outOfMemory();
  error.kind = ErrorKind::InDoubt;
  error.maybeApplied = spec.idempotency != Idempotency::ReadOnly;
  return error;
}

// Turns the last attempt's error into the error of the whole call. Doubt from an earlier attempt stays.
void CallPipeline::complete(Error& error, const Outcome& outcome, const RequestSpec& spec,
                            const CallLimits& limits) const {
  // More time might have made a success of it.
  const bool isSuccess = outcome.last.response && outcome.last.response->status == spec.success;
  // guard: an answer that was not read in time is no answer
  if (isSuccess && now() >= limits.deadline) error = errorForNoAnswer({std::nullopt, http::Failure::TimedOut, 1});
  // guard: credentials that a server echoes are removed
  outcome.credentials.redact(error);
  if (error.httpStatus) {
    error.retryAfter = outcome.retryAfter;
    error.message = describeAnswer(error);
  }
  if (error.kind == ErrorKind::Unauthorized && outcome.renewal)
    error.message += credentials::textOf(*outcome.renewal).explanation;
  const CallInfo& call = outcome.call;
  if (call.attempts > 1) {
    const std::string attempts = std::to_string(call.attempts) + " attempts";
    error.message += call.sends == 0 ? " None of the " + attempts + " was sent."
                                     : " That was after " + attempts + ", of which " + std::to_string(call.sends) +
                                           (call.sends == 1 ? " was sent." : " were sent.");
  }
  // guard: doubt reaches the result
  // guard: a read leaves no doubt
  error.maybeApplied = spec.idempotency != Idempotency::ReadOnly && (error.maybeApplied || outcome.maybeApplied);
  // An earlier attempt was sent and not answered. Where one was answered, the call ends with that answer.
  if (call.sends > 0) model::denyUnsent(error);
}

}  // namespace alpaca::broker::call

#include "core/caller.hpp"

#include "core/options_check.hpp"
#include "core/response_facts.hpp"
#include "core/status_table.hpp"

#include <algorithm>

namespace alpaca::broker::core {

Caller::Caller(std::unique_ptr<http::Transport> transport, const ClientOptions& options, const Credentials& credentials,
               const std::string& proxyPassword)
    : deadline_(options.deadline),
      attemptTimeout_(options.attemptTimeout),
      connectTimeout_(options.connectTimeout),
      redactor_(credentials, proxyPassword),
      transport_(std::move(transport)) {}

Caller::Outcome Caller::send(const http::HttpRequest& request, const CallOptions& options, Clock::time_point start) {
  Outcome outcome;
  if (auto fault = faultIn(options)) {
    outcome.error = *std::move(fault);
    return outcome;
  }
  const auto timeLeft = options.deadline.value_or(deadline_);
  http::Exchange exchange = transport_->run(request, {start + std::min(timeLeft, attemptTimeout_), connectTimeout_});
  outcome.call.attempts = 1;
  outcome.call.sends = exchange.sends;
  if (exchange.response) {
    outcome.call.requestId = requestId(*exchange.response);
    outcome.call.rateLimit = rateLimit(*exchange.response);
    outcome.response = std::move(exchange.response);
  } else {
    outcome.error = errorForNoAnswer(exchange);
  }
  return outcome;
}

CallInfo Caller::finished(CallInfo call, Clock::time_point start) const {
  redactor_.redact(call.requestId);
  call.elapsed = Clock::now() - start;
  return call;
}

}  // namespace alpaca::broker::core

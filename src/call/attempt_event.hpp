#pragma once

#include "call/operation.hpp"
#include "call/retry.hpp"
#include "http/transport.hpp"
#include "http/url.hpp"

#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/observer.hpp>
#include <alpaca/broker/utc_time.hpp>

#include <chrono>

namespace alpaca::broker::call {

/// What is known at the end of an attempt.
struct AttemptReport {
  const RequestSpec& spec;
  const http::BaseUrl& server;
  const http::Exchange& exchange;
  const CallInfo& call;
  const RetryDecision& decision;
  UtcTime startTime;
  std::chrono::nanoseconds duration;
  const void* context;
};

/// Reports an attempt to the observer. Exceptions from the observer end here.
void notify(const Observer& observer, const AttemptReport& report);

}  // namespace alpaca::broker::call

#pragma once

#include <alpaca/broker/call_info.hpp>

namespace alpaca::broker::workflows {

/// Adds a call to the sum of several: counts add up, the request id and the rate limit come from the last answer.
inline void add(CallInfo& sum, const CallInfo& call) {
  sum.attempts += call.attempts;
  sum.sends += call.sends;
  if (!call.requestId.empty()) sum.requestId = call.requestId;
  if (call.rateLimit) sum.rateLimit = call.rateLimit;
}

}  // namespace alpaca::broker::workflows

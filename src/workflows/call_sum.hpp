#pragma once

#include <alpaca/broker/call_info.hpp>

#include <new>

namespace alpaca::broker::workflows {

/// Adds a call to the sum of several: counts add up, the request id and the rate limit come from the last answer. When
/// memory runs out, it drops the request id: the counts of what was sent must not get lost.
inline void add(CallInfo& sum, const CallInfo& call) noexcept try {
  sum.attempts += call.attempts;
  sum.sends += call.sends;
  if (call.rateLimit) sum.rateLimit = call.rateLimit;
  if (!call.requestId.empty()) sum.requestId = call.requestId;
} catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch)
}

}  // namespace alpaca::broker::workflows

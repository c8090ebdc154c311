#pragma once

#include "model/unsent.hpp"

#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/error.hpp>

#include <new>
#include <utility>

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

/// Gives an error the call of a whole workflow. Once anything was sent, nothing is called unsent.
inline Error withCall(Error error, CallInfo call) noexcept {
  error.call = std::move(call);
  // guard: a read of several requests is not called unsent after one was sent
  if (error.call.sends > 0) model::denyUnsent(error);
  return error;
}

}  // namespace alpaca::broker::workflows
